namespace Keepalived.Vrrp;

/// <summary>
/// What a master does when somebody else deletes an address, route or rule of it: it puts it back at once, as often as these limits allow.
/// Only when that keeps failing, because the kernel refuses or it is deleted again and again, does it give up the mastership, for the skew
/// time at least. Limits count for each object by itself.
/// </summary>
public sealed record DriftRepairOptions
{
    /// <summary>5 repairs of one object within 10 s, 100 ms between attempts that the kernel refuses.</summary>
    public static DriftRepairOptions Default { get; } = new();

    /// <summary>How often one object is put back, or tried to, within <see cref="Window"/>; at least 1.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The time for which attempts are counted, from the first.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before trying again what the kernel refused.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Says what is wrong, or <see langword="null"/>.</summary>
    internal string? FindError() => MaxAttempts < 1 || Window <= TimeSpan.Zero || RetryDelay <= TimeSpan.Zero
        ? "Drift repair needs at least one attempt, a window and a delay." : null;
}
