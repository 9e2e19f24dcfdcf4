using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>The intervals of RFC 9568 section 6.1, in nanoseconds, by the microsecond arithmetic that keepalived's timers have.</summary>
public static class VrrpIntervals
{
    /// <summary>
    /// The skew time, which lets the best backup go first: (256 - priority) * interval / 256 in version 3, counted in whole centiseconds of
    /// interval; (256 - priority) / 256 seconds in version 2 (RFC 3768 section 6.1).
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="priority">The priority, 1-255.</param>
    /// <param name="masterInterval">The master's advertisement interval in nanoseconds; unused in version 2.</param>
    public static long SkewTime(VrrpVersion version, int priority, long masterInterval)
    {
        var steps = 256L - priority;
        var microseconds = version == VrrpVersion.V2
            ? steps * 1_000_000 / 256
            : steps * (masterInterval / (10 * MonotonicClock.Millisecond)) * 625 / 16;
        return microseconds * MonotonicClock.Microsecond;
    }

    /// <summary>The silence after which the master is down: some of its intervals and the skew time.</summary>
    /// <param name="version">The version.</param>
    /// <param name="priority">The priority, 1-255.</param>
    /// <param name="masterInterval">The master's advertisement interval in nanoseconds.</param>
    /// <param name="adverts">How many intervals; 3 in the RFCs.</param>
    public static long MasterDownInterval(VrrpVersion version, int priority, long masterInterval, int adverts = 3) =>
        (adverts * masterInterval) + SkewTime(version, priority, masterInterval);
}
