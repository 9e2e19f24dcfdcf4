namespace Keepalived.Bfd;

/// <summary>Which sequence numbers a receiver accepts after the last one: RFC 5880 §6.7.3 and §6.7.4.</summary>
internal static class BfdSequenceWindow
{
    /// <summary>
    /// Whether <paramref name="received"/> is in [last, last + 3 * multiplier], for a meticulous key from last + 1; modulo 2^32.
    /// </summary>
    public static bool Contains(uint last, uint received, byte detectMultiplier, bool isMeticulous)
    {
        var distance = unchecked(received - last);
        return distance <= 3u * detectMultiplier && (distance > 0 || !isMeticulous);
    }
}
