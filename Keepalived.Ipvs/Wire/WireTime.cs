namespace Keepalived.Ipvs.Wire;

/// <summary>The kernel's timeouts are seconds in 32 bits.</summary>
internal static class WireTime
{
    public static bool IsWholeSeconds(TimeSpan value) => value.Ticks % TimeSpan.TicksPerSecond == 0;

    public static uint ToSeconds(TimeSpan value) => (uint)(value.Ticks / TimeSpan.TicksPerSecond);

    public static TimeSpan FromSeconds(uint value) => TimeSpan.FromTicks(value * TimeSpan.TicksPerSecond);
}
