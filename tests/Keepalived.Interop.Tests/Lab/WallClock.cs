namespace Keepalived.Interop.Tests.Lab;

/// <summary>Nanoseconds since 1970, the clock of the kernel's packet timestamps.</summary>
internal static class WallClock
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    public static long Now => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    public static TimeSpan Between(long earlier, long later) => TimeSpan.FromTicks((later - earlier) / 100);
}
