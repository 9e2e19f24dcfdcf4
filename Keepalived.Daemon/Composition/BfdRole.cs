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

    private static readonly BfdNeighborStatus NotOpened = new() { State = BfdState.Down, Diagnostic = BfdDiagnostic.None };

    private readonly Dictionary<string, (BfdInstanceConfiguration Configuration, BfdNeighborOptions Options)> _mapped =
        new(StringComparer.Ordinal);

    private ChildContext? _context;
    private ILogger? _logger;
    private BfdPublisher? _publisher;
    private BfdEndpoint? _endpoint;
    private LoopTimer? _retry;
    private bool _isStopping;
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
                ReportRenamed(endpoint);
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
            _ = ToNeighbors(before);
            Publish(before);
            throw new RoleFailure(ExitCode.Configuration, e.Message);
        }
    }

    /// <inheritdoc/>
    public Func<string> Describe()
    {
        var configuration = _running;
        var sessions = configuration.BfdInstances.Select(instance =>
            _endpoint?.Neighbors.FirstOrDefault(neighbor => neighbor.Name == instance.Name) is { } neighbor
                ? ToSnapshot(neighbor, instance)
                : new BfdSessionSnapshot(instance.Name, null, instance, NotOpened, new BfdStatistics(), SendErrors: 0)).ToList();
        if (_endpoint is not null)
            sessions.AddRange(_endpoint.UnsolicitedNeighbors.Select(static neighbor => ToSnapshot(neighbor, configuration: null)));
        var unknown = _endpoint?.DiscardedPackets ?? 0;
        return () => BfdDataDump.Create(configuration, sessions, unknown);

        static BfdSessionSnapshot ToSnapshot(BfdNeighbor neighbor, BfdInstanceConfiguration? configuration) =>
            new(neighbor.Name, neighbor.Options, configuration, neighbor.GetStatus(), neighbor.Statistics, neighbor.SendErrors);
    }

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        _isStopping = true;
        _retry?.Dispose();
        if (_endpoint is not null)
            await _endpoint.DisposeAsync().ConfigureAwait(true);
        _publisher?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _publisher?.Dispose();

    /// <summary>
    /// What an event means to clients; null if nothing. That the neighbour, or we, shut a session down is no failure of the path to a router,
    /// which has its adverts to go by; a real server may have nothing else (RFC 5882 sections 3.2 and 4.2). A session that was not up has
    /// nothing to lose.
    /// </summary>
    internal static BfdClientState? ToClientState(BfdState from, BfdState to, bool isAdministrative, DaemonRole client) => (from, to) switch
    {
        (_, BfdState.Up) => BfdClientState.Up,
        (BfdState.Up, _) when !isAdministrative || client == DaemonRole.Checker => BfdClientState.Down,
        _ => null,
    };

    private void Publish(KeepalivedConfiguration configuration) =>
        _publisher?.Use(configuration.BfdInstances.Select(static instance => instance.ToPublication()));

    /// <summary>A session that only got another name goes on, and nothing happens to it that would be told.</summary>
    private void ReportRenamed(BfdEndpoint endpoint)
    {
        foreach (var neighbor in endpoint.Neighbors.Where(static neighbor => neighbor.State == BfdState.Up))
            _publisher?.Report(neighbor.Name, BfdClientState.Up, _context!.Loop.Now);
    }

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
        // A session that ends says its goodbye; its name may be another's by now, or nobody's.
        if (_publisher is null || _isStopping || !IsCurrent(happened.Neighbor))
            return;
        var (name, now) = (happened.Neighbor.Name, _context!.Loop.Now);
        switch (happened.Kind)
        {
            case BfdEventKind.Snapshot:
                // One that takes the name of another begins anew: until it is up, clients hold what they knew, for a while.
                _publisher.Report(name, BfdClientState.Unknown, now);
                break;
            case BfdEventKind.StateChanged:
                foreach (var client in BfdPublisher.Clients)
                {
                    if (ToClientState(happened.PreviousState, happened.State, happened.IsAdministrative, client) is { } state)
                        _publisher.Report(client, name, state, now);
                }

                break;
        }
    }

    private bool IsCurrent(BfdNeighbor neighbor) => _mapped.TryGetValue(neighbor.Name, out var mapped) && neighbor.Options == mapped.Options;

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

        foreach (var name in _mapped.Keys.Except(configuration.BfdInstances.Select(static instance => instance.Name)).ToList())
            _mapped.Remove(name);
        return neighbors.DrainToImmutable();
    }
}
