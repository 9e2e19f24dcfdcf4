using System.Numerics;

namespace Keepalived.Bfd;

/// <summary>
/// The random shortening of transmit intervals (RFC 5880 §6.8.7): by 0 to 25 %, with a multiplier of 1 by 10 to 25 %, so that the one
/// packet that counts is never late. A draw is kept in millionths, so that a changed interval keeps its draw.
/// </summary>
internal static class BfdJitter
{
    /// <summary>2^20 ns, about a millisecond.</summary>
    private const long MaxGrid = 1L << 20;
    private const int Million = 1_000_000;
    private const int MostMillionths = 250_000;
    private const int LeastMillionthsOfOne = 100_000;

    public static int Draw(Random random, int detectMultiplier) =>
        random.Next(detectMultiplier == 1 ? LeastMillionthsOfOne : 0, MostMillionths + 1);

    public static long Shorten(long interval, int millionths) => interval - (interval * millionths / Million);

    /// <summary>
    /// When the next packet leaves, brought to the nearest point of a grid that all sessions of the machine share, so that packets of
    /// many leave together: one wake-up and one system call for all. The grid is at most an eighth of the interval, so that a point of
    /// it always lies within what the jitter allows; on average nothing is sooner or later than drawn.
    /// </summary>
    /// <param name="last">When the last one left, in ns.</param>
    /// <param name="interval">The interval in ns, at least 1 µs.</param>
    /// <param name="millionths">The draw.</param>
    /// <param name="detectMultiplier">The multiplier of the draw.</param>
    public static long Align(long last, long interval, int millionths, int detectMultiplier)
    {
        var grid = 1L << BitOperations.Log2((ulong)Math.Min(interval / 8, MaxGrid));
        var aligned = (last + Shorten(interval, millionths) + (grid / 2)) & -grid;
        if (aligned > last + Shorten(interval, detectMultiplier == 1 ? LeastMillionthsOfOne : 0))
            return aligned - grid;
        return aligned < last + Shorten(interval, MostMillionths) ? aligned + grid : aligned;
    }
}
