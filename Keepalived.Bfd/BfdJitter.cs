namespace Keepalived.Bfd;

/// <summary>
/// The random shortening of transmit intervals (RFC 5880 §6.8.7): by 0 to 25 %, with a multiplier of 1 by 10 to 25 %, so that the one
/// packet that counts is never late. A draw is kept in millionths, so that a changed interval keeps its draw.
/// </summary>
internal static class BfdJitter
{
    private const int Million = 1_000_000;
    private const int MostMillionths = 250_000;
    private const int LeastMillionthsOfOne = 100_000;

    public static int Draw(Random random, int detectMultiplier) =>
        random.Next(detectMultiplier == 1 ? LeastMillionthsOfOne : 0, MostMillionths + 1);

    public static long Shorten(long interval, int millionths) => interval - (interval * millionths / Million);
}
