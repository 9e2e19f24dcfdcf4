namespace Keepalived.Vrrp;

/// <summary>How an advert of a moment ago is told from one that somebody recorded and sends again (anti_replay).</summary>
public enum VrrpReplayProtection
{
    /// <summary>
    /// By its time, which must be close to ours, and by its number, which must be higher than that of the last one. The routers' clocks
    /// must agree within <see cref="VrrpHmacOptions.TimeWindow"/>; one that was set back recovers by itself.
    /// </summary>
    Time = 0,

    /// <summary>
    /// By its number alone, which must be higher than that of the last one of this sender: for routers without a common clock. Clocks that
    /// are set back over a restart silence their router until it is as late as it was.
    /// </summary>
    Monotonic,
}
