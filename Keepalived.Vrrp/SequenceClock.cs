using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>
/// The numbers of signed adverts: 32 bits of seconds since 1970, 16 bits of fraction, 16 bits of counter, compared by the serial number
/// arithmetic of RFC 1982. They follow the clock where they can, and grow in any case.
/// </summary>
internal struct SequenceClock
{
    private const int FractionBits = 16;
    private const int SecondsShift = 32;

    private ulong _last;
    private bool _isStarted;

    /// <summary>The number of a moment.</summary>
    /// <param name="utcNow">Nanoseconds since 1970.</param>
    public static ulong FromTime(long utcNow)
    {
        var (seconds, rest) = Math.DivRem(utcNow, MonotonicClock.Second);
        var fraction = ((ulong)rest << FractionBits) / MonotonicClock.Second;
        return ((ulong)seconds << SecondsShift) | (fraction << FractionBits);
    }

    /// <summary>Whether a number is newer than another.</summary>
    public static bool IsAfter(ulong number, ulong other) => (long)(number - other) > 0;

    /// <summary>By how many seconds a number is ahead of another; negative if it is behind.</summary>
    public static int SecondsAhead(ulong number, ulong other) => (int)((uint)(number >> SecondsShift) - (uint)(other >> SecondsShift));

    /// <summary>The next number.</summary>
    /// <param name="utcNow">Nanoseconds since 1970.</param>
    /// <param name="window">
    /// By how many seconds numbers may be ahead of a clock that was set back before they follow it; null if they never do.
    /// </param>
    public ulong Next(long utcNow, int? window)
    {
        var clock = FromTime(utcNow);
        var follows = !_isStarted || IsAfter(clock, _last) || (window is { } seconds && SecondsAhead(_last, clock) > seconds);
        _last = follows ? clock : _last + 1;
        _isStarted = true;
        return _last;
    }
}
