using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Ipvs;
using Keepalived.Vrrp;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>
/// What goes with the state of a VRRP instance outside VRRP: virtual servers of the checker child (<c>while_master</c>), and the IPVS sync
/// daemon (<c>lvs_sync_daemon ... inst</c>).
/// </summary>
internal sealed class InstanceFollowers(ChildContext context)
{
    private readonly ILogger _logger = context.Loggers.CreateLogger("Keepalived.Daemon.Vrrp");
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _masters = new(StringComparer.Ordinal);
    private LvsSyncDaemonConfiguration? _daemon;
    private IpvsClient? _client;
    private SyncDaemons? _daemons;

    /// <summary>Goes on with what a configuration says.</summary>
    public async Task UseAsync(KeepalivedConfiguration configuration)
    {
        _followed.Clear();
        foreach (var server in configuration.VirtualServers)
        {
            if (server.WhileMaster is not { } name)
                continue;
            _followed.Add(name);
            if (!configuration.VrrpInstances.Any(instance => instance.Name == name))
                Log.FollowedInstanceUnknown(_logger, ServiceNames.Of(server), name);
            if (_masters.TryGetValue(name, out var isMaster))
                context.Send(RoleMessage.OfInstance(name, isMaster));
        }

        _daemon = Find(configuration);
        if (_daemon is not null && _client is null)
        {
            _client = IpvsAccess.Open(context.Loop, configuration.Global);
            _daemons = new SyncDaemons(_client, _logger);
        }

        await UseDaemonAsync().ConfigureAwait(true);
    }

    /// <summary>Hears of an instance.</summary>
    public void OnEvent(VirtualRouterEvent happened)
    {
        var name = happened.Router.Name;
        var isMaster = happened.Kind is not (VirtualRouterEventKind.Stopped or VirtualRouterEventKind.Removed)
            && happened.State == VrrpState.Master;
        if (_masters.TryGetValue(name, out var wasMaster) && wasMaster == isMaster)
            return;
        _masters[name] = isMaster;
        if (_followed.Contains(name))
            context.Send(RoleMessage.OfInstance(name, isMaster));
        if (_daemon?.Instance == name)
            _ = UseDaemonAsync();
    }

    /// <summary>No sync daemon runs any more.</summary>
    public async Task StopAsync()
    {
        _daemon = null;
        await UseDaemonAsync().ConfigureAwait(true);
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(true);
    }

    private Task UseDaemonAsync() => _daemons is null
        ? Task.CompletedTask
        : _daemons.UseAsync(
            _daemon, _daemon is { Instance: { } name } && _masters.GetValueOrDefault(name) ? IpvsSyncRole.Master : IpvsSyncRole.Backup);

    private LvsSyncDaemonConfiguration? Find(KeepalivedConfiguration configuration)
    {
        if (configuration.Global.Lvs.SyncDaemon is not { Instance: { } name } daemon)
            return null;
        if (configuration.VrrpInstances.FirstOrDefault(instance => instance.Name == name) is { } found)
            return daemon with { SyncId = daemon.SyncId ?? found.VirtualRouterId };
        Log.SyncDaemonFailed(_logger, $"there is no VRRP instance {name}");
        return null;
    }
}
