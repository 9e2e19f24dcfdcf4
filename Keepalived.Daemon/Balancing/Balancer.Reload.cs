using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;

namespace Keepalived.Daemon.Balancing;

/// <content>Going over to another configuration.</content>
internal sealed partial class Balancer
{
    /// <summary>
    /// Goes over to another configuration. A virtual server that did not change is left alone; of one that did, checks that say the same go
    /// on, and the kernel is sent what differs.
    /// </summary>
    public async Task ReloadAsync(KeepalivedConfiguration configuration)
    {
        await UseMarksAsync(configuration, isStart: false).ConfigureAwait(true);
        Use(configuration);
        var wanted = FindKeys(configuration);
        _isBuilding = true;
        _files.Use(TrackedFiles(configuration), isStart: false);
        var left = _services.ToDictionary(static service => Identify(service.Configuration));
        var before = _services;
        _services = new List<VirtualService>(wanted.Count);
        var replaced = new List<(VirtualService Old, VirtualService New)>();
        _running = configuration;
        _notifier.Use(configuration);
        foreach (var (server, keys) in wanted)
        {
            if (left.Remove(Identify(server), out var old) && old.Configuration == server && old.Keys.SequenceEqual(keys)
                && _builder.KeepsProbes && !FollowsFiles(old))
            {
                _services.Add(old);
                continue;
            }

            var service = _builder.Build(server, keys, old, isRestart: false);
            if (old is not null)
            {
                replaced.Add((old, service));
                LogWeights(old, service);
            }

            Begin(service, isNew: old is null, configuration.Global.Lvs.NotifiesInitialServers);
        }

        Remove(before, left.Values, replaced, wanted.SelectMany(static pair => pair.Keys).ToHashSet());
        _isBuilding = false;
        WatchAddresses();
        await _table.WhenIdle().ConfigureAwait(true);
        await _markTable.TrimAsync().ConfigureAwait(true);
    }

    /// <summary>What tells virtual servers apart, whatever else is configured of them.</summary>
    private static object Identify(VirtualServerConfiguration server) =>
        server.Group is { } group ? (group.Name, server.GroupOrdinal)
        : server.IsMark ? (server.Family, server.FirewallMark)
        : (server.Family, server.Protocol, server.Address, server.Port);

    // The file may have changed while its watch was renewed.
    private static bool FollowsFiles(VirtualService service) =>
        service.Servers.Exists(static server => server.Configuration.Checks.Any(static check => check is FileCheckConfiguration));

    private void Remove(
        List<VirtualService> before,
        IEnumerable<VirtualService> gone,
        List<(VirtualService Old, VirtualService New)> replaced,
        HashSet<IpvsServiceKey> wanted)
    {
        foreach (var (old, now) in replaced)
        {
            TellRemovedServers(old, now);
            DetachAll(old);
        }

        foreach (var old in gone)
        {
            Log.ServiceRemoved(_logger, old.Name);
            foreach (var server in old.Servers)
                TellRemoved(old, server);
            if (old.Pool.Quorum.IsUp)
                _table.Then(() => _notifier.QuorumStopped(old, isShutdown: false));
            DetachAll(old);
        }

        foreach (var key in before.SelectMany(static service => service.Keys).Where(key => !wanted.Contains(key)))
            _table.RemoveService(key);
    }

    private void TellRemovedServers(VirtualService old, VirtualService now)
    {
        foreach (var server in old.Servers)
        {
            if (now.FindServer(server.Configuration) is null)
                TellRemoved(old, server);
        }
    }

    // That one is down which was down was told before.
    private void TellRemoved(VirtualService service, RealServer server)
    {
        Log.ServerMoves(_logger, "Removing", server.Name, "from", service.Name);
        if (server.IsAlive)
            _table.Then(() => _notifier.ServerStopped(service, server, isShutdown: false));
    }

    private void LogWeights(VirtualService old, VirtualService now)
    {
        foreach (var server in now.Servers)
        {
            if (old.FindServer(server.Configuration) is { } before && before.Weight != server.Weight)
                Log.WeightChanged(_logger, before.Weight, server.Weight, server.IsAlive ? "active" : "inactive", server.Name, now.Name);
        }
    }

    private void DetachAll(VirtualService old)
    {
        foreach (var check in old.Servers.SelectMany(static server => server.Checks))
            _probes.Detach(check);
    }
}
