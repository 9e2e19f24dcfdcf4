using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>The checker child: the configuration's virtual servers in the kernel, and the checks that say who serves.</summary>
internal sealed class CheckerRole : IRole
{
    // By then most checks have run once.
    private const long FirstChecksDelay = 10 * MonotonicClock.Second;

    private IpvsClient? _client;
    private Balancer? _balancer;
    private ConnectionTimeouts? _timeouts;
    private SyncDaemons? _syncDaemons;
    private DriftRepair? _drift;
    private LoopTimer? _trimTimer;
    private bool _isFirstTrim;
    private EventLoop? _loop;
    private BfdWatcher? _bfd;
    private QuorumReports? _quorums;
    private KeepalivedConfiguration _running = KeepalivedConfiguration.Empty;

    /// <inheritdoc/>
    public async ValueTask StartAsync(ChildContext context, ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        var logger = context.Loggers.CreateLogger("Keepalived.Daemon.Checkers");
        _client = IpvsAccess.Open(context.Loop, wanted.Global);
        if (wanted.VirtualServers.Count > 0)
            await IpvsModule.RequireAsync(_client, context.Scripts, logger).ConfigureAwait(true);
        var journal = Path.ChangeExtension(new RunPaths(context.Options, wanted.Global).PidFile(DaemonRole.Checker), ".timeouts");
        _timeouts = new ConnectionTimeouts(_client, journal, logger);
        _syncDaemons = new SyncDaemons(_client, logger);
        _quorums = new QuorumReports((name, hasQuorum) => context.Send(RoleMessage.OfQuorum(name, hasQuorum)));
        _balancer = new Balancer(new BalancerOptions
        {
            Loop = context.Loop,
            Loggers = context.Loggers,
            Scripts = context.Scripts,
            Client = _client,
            OpenFilter = options => IpvsAccess.OpenFilter(context.Loop, wanted.Global, options),
            IsRestart = context.IsRestart,
            KeepsTable = context.Options.KeepIpvs,
            MonitorBuffer = wanted.Global.NetlinkBuffers.IpvsMonitor,
            QuorumObserver = _quorums.OnQuorum,
            Random = wanted.Global.RandomSeed is { } seed ? new Random((int)seed) : Random.Shared,
        });
        _loop = context.Loop;
        _trimTimer = context.Loop.CreateTimer(static role => ((CheckerRole)role!).Trim(), this);
        _drift = new DriftRepair(context.Loop, _balancer.Table, logger);
        if (context.BfdEvents is { } clients)
            _bfd = new BfdWatcher(context.Loop, clients, DaemonRole.Checker, logger, _balancer.OnBfd);
        await UseAsync(wanted).ConfigureAwait(true);
        await Explain(() => _balancer.StartAsync(wanted)).ConfigureAwait(true);
        _bfd?.Use(BfdNames(wanted));
        _quorums.Use(wanted, _balancer.Services);
        _drift.Use(wanted.Global.Lvs.RepairInterval);
        _running = wanted;
        TrimLater();
    }

    /// <inheritdoc/>
    public async ValueTask ReloadAsync(ConfigurationResult configuration)
    {
        var wanted = configuration.Configuration;
        await Explain(() => _balancer!.ReloadAsync(wanted)).ConfigureAwait(true);
        _bfd?.Use(BfdNames(wanted));
        await UseAsync(wanted).ConfigureAwait(true);
        _quorums!.Use(wanted, _balancer!.Services);
        _drift!.Use(wanted.Global.Lvs.RepairInterval);
        _running = wanted;
        TrimLater();
    }

    /// <inheritdoc/>
    public void OnNews(RoleMessage message)
    {
        if (message.Kind == RoleMessageKind.InstanceState)
            _balancer?.OnInstance(message.NewsName, isMaster: message.NewsState);
    }

    /// <inheritdoc/>
    public Func<string> Describe() => CheckerDataDump.Prepare(_running, _balancer!.Services);

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        _bfd?.Dispose();
        _drift?.Dispose();
        _trimTimer?.Dispose();
        if (_balancer is not null)
            await _balancer.StopAsync().ConfigureAwait(true);
        if (_syncDaemons is not null)
            await _syncDaemons.UseAsync(null).ConfigureAwait(true);
        if (_timeouts is not null)
            await _timeouts.UseAsync(null).ConfigureAwait(true);
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bfd?.Dispose();
        _drift?.Dispose();
    }

    private static IEnumerable<string> BfdNames(KeepalivedConfiguration configuration) => configuration.VirtualServers
        .SelectMany(static server => server.RealServers)
        .SelectMany(static server => server.Checks)
        .OfType<BfdCheckConfiguration>()
        .Select(static check => check.Instance);

    // What reading the configuration took is not needed any more; nor is later what each check needs when it first runs.
    private void TrimLater()
    {
        _isFirstTrim = true;
        _trimTimer!.Arm(_loop!.Now + MemoryTrim.Delay);
    }

    private void Trim()
    {
        MemoryTrim.Start(_loop, HotCode.OfChecks);
        if (_isFirstTrim)
            _trimTimer!.Arm(_loop!.Now + FirstChecksDelay);
        _isFirstTrim = false;
    }

    private async Task UseAsync(KeepalivedConfiguration wanted)
    {
        await _timeouts!.UseAsync(wanted.Global.Lvs.Timeouts).ConfigureAwait(true);
        // One that goes with a VRRP instance is the VRRP child's.
        var daemon = wanted.Global.Lvs.SyncDaemon is { Instance: null } both ? both : null;
        await _syncDaemons!.UseAsync(daemon, IpvsSyncRole.Master, IpvsSyncRole.Backup).ConfigureAwait(true);
    }

    private static async Task Explain(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(true);
        }
        catch (NetlinkException e)
        {
            throw new RoleFailure(e.Errno == Errno.EPERM ? ExitCode.Permission : ExitCode.Fatal, $"IPVS: {e.Message}");
        }
    }
}
