using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Interfaces;

/// <summary>
/// Lets a link's change of state count only when it has lasted for a while. Without delays it counts at once. Knows no clock: the caller
/// asks for <see cref="NextDeadline"/> and comes back then. Times are nanoseconds of <see cref="MonotonicClock"/>.
/// </summary>
internal sealed class LinkDebounce
{
    private bool _reported;
    private bool _wasUp;

    /// <summary>One that counts as it does already.</summary>
    public static LinkDebounce StartingFrom(bool isUp) => new() { _reported = isUp, _wasUp = isUp, IsUp = isUp };

    /// <summary>For how long it must be down.</summary>
    public long DownDelay { get; set; }

    /// <summary>For how long it must be up.</summary>
    public long UpDelay { get; set; }

    /// <summary>What counts.</summary>
    public bool IsUp { get; private set; }

    /// <summary>When what was reported last will count; <see cref="MonotonicClock.Never"/> if it does.</summary>
    public long NextDeadline { get; private set; } = MonotonicClock.Never;

    /// <summary>The state as it is at the moment. What comes back before it counted never happened.</summary>
    /// <returns>Whether <see cref="IsUp"/> changed.</returns>
    public bool Report(bool isUp, long now)
    {
        if (isUp == _reported && NextDeadline != MonotonicClock.Never)
            return false;
        _reported = isUp;
        if (isUp == IsUp)
        {
            NextDeadline = MonotonicClock.Never;
            return false;
        }

        var delay = isUp ? UpDelay : DownDelay;
        if (delay > 0 && _wasUp)
        {
            NextDeadline = now + delay;
            return false;
        }

        return Apply();
    }

    /// <summary>Time has passed.</summary>
    /// <returns>Whether <see cref="IsUp"/> changed.</returns>
    public bool HandleTimeout(long now) => now >= NextDeadline && Apply();

    private bool Apply()
    {
        NextDeadline = MonotonicClock.Never;
        IsUp = _reported;
        _wasUp |= IsUp;
        return true;
    }
}
