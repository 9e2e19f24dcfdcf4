using Keepalived.Ipvs;
using Keepalived.Netlink;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The timeouts of IPVS connections (<c>lvs_timeouts</c>): set while they are configured, and put back to what they were.
/// </summary>
internal sealed class ConnectionTimeouts(IpvsClient client, ILogger logger)
{
    private IpvsTimeouts? _before;
    private IpvsTimeouts? _present;

    /// <summary>Goes on with these; null for those of the kernel.</summary>
    public async Task UseAsync(IpvsTimeouts? timeouts)
    {
        if (timeouts == _present)
            return;
        try
        {
            _before ??= await client.GetTimeoutsAsync().ConfigureAwait(true);
            // One that is not said any more goes back to what it was.
            await client.SetTimeoutsAsync(new IpvsTimeouts
            {
                Tcp = Choose(timeouts?.Tcp, _before.Tcp),
                TcpFin = Choose(timeouts?.TcpFin, _before.TcpFin),
                Udp = Choose(timeouts?.Udp, _before.Udp),
            }).ConfigureAwait(true);
            _present = timeouts;
        }
        catch (Exception e) when (e is NetlinkException or ArgumentException)
        {
            Log.TimeoutsFailed(logger, e.Message);
        }

        static TimeSpan Choose(TimeSpan? wanted, TimeSpan before) => wanted is { } value && value > TimeSpan.Zero ? value : before;
    }
}
