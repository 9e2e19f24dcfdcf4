using Keepalived.Daemon.Balancing.Marks;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Daemon.Trackers;
using Keepalived.Ipvs;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The virtual servers of a configuration, at work: checks find out which real servers are alive, and the kernel's table and whoever wants
/// to know follow. Used on the loop.
/// </summary>
internal sealed partial class Balancer : IAsyncDisposable
{
    private readonly BalancerOptions _options;
    private readonly ILogger _logger;
    private readonly KernelTable _table;
    private readonly ProbeSet _probes;
    private readonly CheckerFactory _factory;
    private readonly ServiceBuilder _builder;
    private readonly ServiceNotifier _notifier;
    private readonly TrackFiles _files;
    private readonly PingRange _pingRange;
    private readonly GroupMarks _marks = new();
    private readonly MarkTable _markTable;
    private readonly Dictionary<string, int> _fileNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _bfdStates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _masters = new(StringComparer.Ordinal);
    private List<VirtualService> _services = [];
    private KeepalivedConfiguration _running = KeepalivedConfiguration.Empty;
    private bool _isBuilding;

    public Balancer(BalancerOptions options)
    {
        _options = options;
        _logger = options.Loggers.CreateLogger("Keepalived.Daemon.Checkers");
        _table = new KernelTable(options.Client, options.Loop, _logger);
        _probes = new ProbeSet(options.Loop, _logger, options.Random, OnReport);
        _factory = new CheckerFactory(options.Loop, options.Scripts);
        _notifier = new ServiceNotifier(options, _logger);
        _pingRange = new PingRange(_logger);
        _markTable = new MarkTable(options.OpenFilter, options.Loop, _logger);
        _files = new TrackFiles(options.Loop, _logger, OnFile);
        _builder = new ServiceBuilder(_factory, _probes, _table, _logger)
        {
            FileNumber = name => _fileNumbers.GetValueOrDefault(name),
            BfdState = name => _bfdStates.TryGetValue(name, out var isUp) ? isUp : null,
        };
    }

    /// <summary>The virtual servers, in the order of the configuration.</summary>
    public IReadOnlyList<VirtualService> Services => _services;

    /// <summary>The kernel's table as it should be.</summary>
    public KernelTable Table => _table;

    /// <summary>The probes that run.</summary>
    public int ProbeCount => _probes.Count;

    /// <summary>Begins with a configuration. Completes when the kernel has what it should.</summary>
    /// <exception cref="Netlink.NetlinkException">The kernel's table cannot be read.</exception>
    public async Task StartAsync(KeepalivedConfiguration configuration)
    {
        await UseMarksAsync(configuration, isStart: true).ConfigureAwait(true);
        Use(configuration);
        _notifier.Use(configuration);
        if (configuration.Global.Lvs.Flush && !_options.IsRestart)
            _table.Flush();
        var wanted = FindKeys(configuration);
        await _table.WhenIdle().ConfigureAwait(true);
        await _table.AdoptAsync(wanted.SelectMany(static pair => pair.Keys).ToHashSet()).ConfigureAwait(true);
        _isBuilding = true;
        _files.Use(TrackedFiles(configuration), isStart: !_options.IsRestart);
        foreach (var (server, keys) in wanted)
        {
            var service = _builder.Build(server, keys, old: null, _options.IsRestart);
            Begin(service, isNew: true, configuration.Global.Lvs.NotifiesInitialServers);
        }

        _isBuilding = false;
        WatchAddresses();
        _running = configuration;
        await _table.WhenIdle().ConfigureAwait(true);
    }

    /// <summary>
    /// Ends: no check runs any more, and the kernel's table is cleared as configured. Completes when all was told, and the kernel has
    /// answered.
    /// </summary>
    public async Task StopAsync()
    {
        _addresses?.Dispose();
        _files.Dispose();
        await _probes.DisposeAsync().ConfigureAwait(true);
        if (!_options.KeepsTable)
            Clear(_running.Global.Lvs.FlushOnStop);
        await _table.WhenIdle().ConfigureAwait(true);
        _table.Dispose();
        if (!_options.KeepsTable)
            await _markTable.RemoveAsync().ConfigureAwait(true);
        await _markTable.DisposeAsync().ConfigureAwait(true);
        _pingRange.Restore();
        await _notifier.WhenQuietAsync().ConfigureAwait(true);
        _notifier.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _addresses?.Dispose();
        _files.Dispose();
        await _probes.DisposeAsync().ConfigureAwait(true);
        _table.Dispose();
        await _markTable.DisposeAsync().ConfigureAwait(true);
        _notifier.Dispose();
    }

    /// <summary>What is common to all checks.</summary>
    private void Use(KeepalivedConfiguration configuration)
    {
        var tls = TlsFiles.Load(configuration.Ssl);
        _builder.KeepsProbes = _factory.LogsAllFailures == configuration.Global.Lvs.LogsAllFailures && TlsFiles.AreSame(_factory.Tls, tls);
        _factory.LogsAllFailures = configuration.Global.Lvs.LogsAllFailures;
        _factory.Tls = tls;
        _probes.IsSharing = configuration.Global.Lvs.SharesProbes;
        _pingRange.Use(configuration.VirtualServers.Any(static server =>
            server.RealServers.Any(static real => real.Checks.Any(static check => check is PingCheckConfiguration))));
    }

    /// <summary>The kernel's services of each virtual server; one that can have none, or those of another, is left out.</summary>
    private List<(VirtualServerConfiguration Server, IReadOnlyList<IpvsServiceKey> Keys)> FindKeys(KeepalivedConfiguration configuration)
    {
        var found = new List<(VirtualServerConfiguration, IReadOnlyList<IpvsServiceKey>)>(configuration.VirtualServers.Count);
        var taken = new Dictionary<IpvsServiceKey, string>();
        foreach (var server in configuration.VirtualServers)
        {
            var name = ServiceNames.Of(server);
            try
            {
                var keys = ServiceKeys.Of(server, _marks.Find(server)) ?? throw new ArgumentException($"it would be more than {ServiceKeys.MaxCount} services");
                foreach (var key in keys)
                {
                    if (taken.TryGetValue(key, out var other))
                        throw new ArgumentException($"{key} is a service of VS {other} already");
                }

                foreach (var key in keys)
                    taken[key] = name;
                found.Add((server, keys));
            }
            catch (ArgumentException e)
            {
                Log.ServiceImpossible(_logger, name, e.Message);
            }
        }

        return found;
    }

    /// <summary>Has packets to groups marked, if that is wanted, before there are services of these marks: without one a mark means nothing.</summary>
    private async Task UseMarksAsync(KeepalivedConfiguration configuration, bool isStart)
    {
        var definitions = configuration.Global.NftablesIpvs;
        var layout = definitions is null ? null : new MarkLayout(definitions, configuration.Global.Firewall.Counters);
        var present = isStart && layout is not null && configuration.VirtualServerGroups.Count > 0
            ? await _markTable.ReadAsync(layout).ConfigureAwait(true) : [];
        _marks.Use(configuration, definitions, present);
        foreach (var (name, range) in _marks.Overlaps)
            Log.MarksOverlap(_logger, name, range.ToString());
        if (await _markTable.UseAsync(layout, _marks.Ranges).ConfigureAwait(true))
            return;
        Log.MarksUnused(_logger);
        _marks.Use(configuration, definitions: null, present: []);
    }

    private static IEnumerable<TrackFileConfiguration> TrackedFiles(KeepalivedConfiguration configuration)
    {
        var names = configuration.VirtualServers.SelectMany(static server => server.RealServers)
            .SelectMany(static server => server.Checks).OfType<FileCheckConfiguration>()
            .Select(static check => check.TrackFile).ToHashSet(StringComparer.Ordinal);
        return configuration.TrackFiles.Where(file => names.Contains(file.Name));
    }

    /// <summary>Brings a virtual server that was made into the kernel, and tells what there is to tell.</summary>
    private void Begin(VirtualService service, bool isNew, bool notifiesServers)
    {
        if (service.Configuration.WhileMaster is { } instance && !_masters.GetValueOrDefault(instance))
            service.StartInactive();
        try
        {
            service.Write(_table);
        }
        catch (ArgumentException e)
        {
            Log.ServiceImpossible(_logger, service.Name, e.Message);
            service.SetActive(false, _table);
        }

        _services.Add(service);
        if (isNew && notifiesServers)
        {
            foreach (var server in service.Servers.Where(static server => server.IsAlive))
                _table.Then(() => _notifier.ServerChanged(service, server, isUp: true));
        }

        Settle(service, isStart: isNew, isWritten: true);
    }

    private void Clear(FlushOnStop flush)
    {
        if (flush == FlushOnStop.Everything)
            _table.Flush();
        foreach (var service in _services)
        {
            foreach (var server in service.Servers)
            {
                Log.ServerShutDown(_logger, server.Name, service.Name);
                if (flush == FlushOnStop.No && service.Configuration.Omega && server.IsAlive)
                    _table.Then(() => _notifier.ServerStopped(service, server, isShutdown: true));
            }

            service.Erase(_table);
            if (service.Configuration.Omega)
                _table.Then(() => _notifier.QuorumStopped(service, isShutdown: true));
        }
    }
}
