using Keepalived.Daemon.Configuration.Model;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The kernel's threads that send and receive the state of IPVS connections (<c>lvs_sync_daemon</c>): both, or, with a VRRP instance, the
/// one that goes with its state. One that runs as it should is left alone.
/// </summary>
internal sealed class SyncDaemons(IpvsClient client, ILogger logger)
{
    private static readonly IpvsSyncRole[] Roles = [IpvsSyncRole.Master, IpvsSyncRole.Backup];
    private Task _last = Task.CompletedTask;
    private bool _isUsed;

    /// <summary>Makes these run, and no others.</summary>
    /// <param name="configuration">How; null for none at all.</param>
    /// <param name="roles">Which of them.</param>
    public Task UseAsync(LvsSyncDaemonConfiguration? configuration, params IpvsSyncRole[] roles)
    {
        if (configuration is null && !_isUsed)
            return Task.CompletedTask; // what others run is theirs
        _isUsed = configuration is not null;
        return _last = UseAfterAsync(_last, configuration, roles);
    }

    /// <summary>One change after the other: each looks at what the one before left.</summary>
    private async Task UseAfterAsync(Task before, LvsSyncDaemonConfiguration? configuration, IpvsSyncRole[] roles)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await LostAnswers.AskAgainAsync(() => ChangeAsync(configuration, roles)).ConfigureAwait(true);
        }
        catch (Exception e) when (e is NetlinkException or ArgumentException)
        {
            Log.SyncDaemonFailed(logger, e.Message);
        }
    }

    private async Task ChangeAsync(LvsSyncDaemonConfiguration? configuration, IpvsSyncRole[] roles)
    {
        var present = await client.GetDaemonsAsync().ConfigureAwait(true);
        var wanted = configuration is null ? [] : roles.Select(configuration.ToDaemon).ToList();
        foreach (var role in Roles)
        {
            var now = present.FirstOrDefault(daemon => daemon.Role == role);
            var next = wanted.Find(daemon => daemon.Role == role);
            if (now is not null && !(next is not null && IsSame(now, next)))
                await client.StopDaemonAsync(role).ConfigureAwait(true);
            else if (now is not null)
                wanted.Remove(next!);
        }

        foreach (var daemon in wanted)
            await client.StartDaemonAsync(daemon).ConfigureAwait(true);
    }

    // What is not said, the kernel chooses, and tells.
    private static bool IsSame(IpvsSyncDaemon now, IpvsSyncDaemon next) => now.Interface == next.Interface && now.SyncId == next.SyncId
        && (next.MaxLength == 0 || next.MaxLength == now.MaxLength) && (next.Port == 0 || next.Port == now.Port)
        && (next.Ttl == 0 || next.Ttl == now.Ttl) && (next.Group.IsNone || next.Group == now.Group);
}
