using System.Collections.Immutable;
using Keepalived.Bfd;
using Keepalived.Bfd.Wire;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>The BFD child: the configuration's sessions on the library's endpoint, and what becomes of them to the other children.</summary>
internal sealed class BfdRole : IRole
{
    /// <summary>How long to wait until the ports are tried again, in ns.</summary>
    private const long RetryDelay = 5 * MonotonicClock.Second;

    private readonly Dictionary<string, (BfdInstanceConfiguration Configuration, BfdNeighborOptions Options)> _mapped =
        new(StringComparer.Ordinal);

    private ChildContext? _context;
    private ILogger? _logger;
    private BfdPublisher? _publisher;
    private BfdEndpoint? _endpoint;
    private LoopTimer? _retry;
    private KeepalivedConfiguration _running = KeepalivedConfiguration.Empty;

    /// <inheritdoc/>
    public async ValueTask StartAsync(ChildContext context, ConfigurationResult configuration)
    {
        _context = context;
        _logger = context.Loggers.CreateLogger("Keepalived.Daemon.Bfd");
        _retry = context.Loop.CreateTimer(static state => ((BfdRole)state!).Retry(), this);
        if (context.BfdEvents is { } server)
            _publisher = new BfdPublisher(context.Loop, server, _logger);
        _running = configuration.Configuration;
        Publish(_running);
        await OpenAsync().ConfigureAwait(true);
    }

    /// <inheritdoc/>
    public async ValueTask ReloadAsync(ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        var before = _running;
        _running = wanted;
        try
        {
            if (_endpoint is { } endpoint)
            {
                // What is new can be up before the old is gone: clients have to know its name by then.
                var applying = endpoint.ApplyAsync(ToNeighbors(wanted));
                Publish(wanted);
                await applying.ConfigureAwait(true);
                if (wanted.BfdUnsolicited != before.BfdUnsolicited)
                    await endpoint.SetUnsolicitedAsync(wanted.BfdUnsolicited?.ToOptions()).ConfigureAwait(true);
            }
            else
            {
                Publish(wanted);
            }
        }
        catch (Exception e) when (e is ArgumentException or SystemCallException)
        {
            _running = before;
            Publish(before);
            throw new RoleFailure(ExitCode.Configuration, e.Message);
        }
    }

    /// <inheritdoc/>
    public Func<string> Describe()
    {
        var configuration = _running;
        var states = (_endpoint?.Neighbors ?? []).ToDictionary(
            static neighbor => neighbor.Name, static neighbor => (neighbor.State, neighbor.Diagnostic), StringComparer.Ordinal);
        return () => BfdDataDump.Create(configuration, states);
    }

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        _retry?.Dispose();
        if (_endpoint is not null)
            await _endpoint.DisposeAsync().ConfigureAwait(true);
        _publisher?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _publisher?.Dispose();

    /// <summary>
    /// What an event means to clients; null if nothing: that the neighbour, or we, shut a session down is no failure of the path (RFC 5882
    /// section 4.2), and one that was not up has nothing to lose.
    /// </summary>
    internal static BfdClientState? ToClientState(BfdState from, BfdState to, bool isAdministrative) => (from, to) switch
    {
        (_, BfdState.Up) => BfdClientState.Up,
        (BfdState.Up, _) when !isAdministrative => BfdClientState.Down,
        _ => null,
    };

    private void Publish(KeepalivedConfiguration configuration) =>
        _publisher?.Use(configuration.BfdInstances.Select(static instance => instance.ToPublication()));

    private async void Retry() => await OpenAsync().ConfigureAwait(true);

    /// <summary>
    /// Opens the sessions. While another program holds the ports, they are down and it is tried again: VRRP must not end because of that.
    /// </summary>
    private async Task OpenAsync()
    {
        var context = _context!;
        var endpoint = new BfdEndpoint(new BfdEndpointOptions
        {
            EventLoop = context.Loop,
            LoggerFactory = context.Loggers,
            Observer = OnEvent,
            Unsolicited = _running.BfdUnsolicited?.ToOptions(),
        });
        try
        {
            await endpoint.StartAsync(ToNeighbors(_running)).ConfigureAwait(true);
            _endpoint = endpoint;
        }
        catch (SystemCallException e) when (e.Error == Errno.EADDRINUSE)
        {
            Log.BfdPortsInUse(_logger!, e.Message, RetryDelay / MonotonicClock.Second);
            _retry!.Arm(context.Loop.Now + RetryDelay);
        }
        catch (ArgumentException e)
        {
            throw new RoleFailure(ExitCode.Configuration, e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RoleFailure(ExitCode.Permission, e.Message);
        }
    }

    private void OnEvent(BfdEvent happened)
    {
        if (happened.Kind == BfdEventKind.StateChanged
            && ToClientState(happened.PreviousState, happened.State, happened.IsAdministrative) is { } state)
        {
            _publisher?.Report(happened.Neighbor.Name, state, _context!.Loop.Now);
        }
    }

    /// <summary>Equal words become the same options: a session that did not change is not touched, whatever its keys.</summary>
    private ImmutableArray<BfdNeighborOptions> ToNeighbors(KeepalivedConfiguration configuration)
    {
        var neighbors = ImmutableArray.CreateBuilder<BfdNeighborOptions>();
        foreach (var instance in configuration.BfdInstances)
        {
            if (!_mapped.TryGetValue(instance.Name, out var mapped) || mapped.Configuration != instance)
                _mapped[instance.Name] = mapped = (instance, instance.ToNeighbor());
            neighbors.Add(mapped.Options);
        }

        return neighbors.DrainToImmutable();
    }
}
