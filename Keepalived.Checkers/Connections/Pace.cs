namespace Keepalived.Checkers.Connections;

/// <summary>
/// How fast a server may make us read. One that sends without end costs a small part of a processor until its time is over, and the kernel holds
/// it back or drops what is too much; one that sends what it should never waits for this.
/// </summary>
internal static class Pace
{
    /// <summary>The bytes of an answer that are read as fast as they come: 4 MiB.</summary>
    public const long FreeBytes = 4 << 20;

    /// <summary>The bytes a second that are read of what exceeds <see cref="FreeBytes"/>: 16 MiB.</summary>
    public const long BytesPerSecond = 16 << 20;

    private const int DatagramsAtATime = 32;

    // Shorter ones are not worth a timer.
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DatagramPause = TimeSpan.FromMilliseconds(5);

    /// <summary>The pause before the next read of a stream.</summary>
    /// <param name="received">The bytes so far.</param>
    /// <param name="elapsed">The time that they took.</param>
    /// <returns>How long; zero for no pause.</returns>
    public static TimeSpan PauseOf(long received, TimeSpan elapsed)
    {
        if (received <= FreeBytes)
            return TimeSpan.Zero;
        var ahead = TimeSpan.FromSeconds((double)(received - FreeBytes) / BytesPerSecond) - elapsed;
        return ahead < LeastPause ? TimeSpan.Zero : ahead;
    }

    /// <summary>Whether datagrams that are no answer have come so often that there is to be a pause.</summary>
    /// <param name="ignored">How many there were.</param>
    /// <returns>How long; zero for no pause.</returns>
    public static TimeSpan PauseOf(int ignored) => ignored % DatagramsAtATime == 0 ? DatagramPause : TimeSpan.Zero;
}
