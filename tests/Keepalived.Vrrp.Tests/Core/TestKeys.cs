using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>The key of the recordings, and another one.</summary>
internal static class TestKeys
{
    /// <summary>Number 1: the bytes 00 to 1f.</summary>
    public static VrrpHmacKey First { get; } = new(1, [.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);

    /// <summary>Number 2: 64 bytes.</summary>
    public static VrrpHmacKey Second { get; } = new(2, [.. Enumerable.Range(100, 64).Select(static i => (byte)i)]);

    public static VrrpHmacOptions Hmac(VrrpHmacMode mode = VrrpHmacMode.Enforce) => new() { Keys = [First], ActiveKeyId = 1, Mode = mode };

    /// <summary>The trailer at the end of a packet.</summary>
    public static HmacTrailer TrailerOf(ReadOnlySpan<byte> packet)
    {
        Assert.That(HmacTrailer.TryParse(packet[^HmacTrailer.Length..], out var trailer), Is.True);
        return trailer;
    }
}
