using System.Security.Cryptography;
using System.Text;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>What authenticates an advert, computed again from the frame; independent of the product's code on purpose.</summary>
internal static class Signatures
{
    private const int EthernetLength = 14;
    private const int IPv4Length = 20;
    private const int CheckValueOffset = IPv4Length + 12;
    private const int CheckValueLength = 12;
    private const int TagLength = 16;

    /// <summary>Whether the authentication header of an IPv4 frame was made with a password.</summary>
    public static bool HasCheckValue(Frame frame, string password, bool unicast)
    {
        var total = (frame.Bytes[EthernetLength + 2] << 8) | frame.Bytes[EthernetLength + 3];
        var packet = frame.Bytes[EthernetLength..(EthernetLength + total)];
        var value = packet[CheckValueOffset..(CheckValueOffset + CheckValueLength)];
        packet[1] = packet[6] = packet[7] = packet[10] = packet[11] = 0;
        if (unicast)
            packet[8] = 0;
        packet.AsSpan(CheckValueOffset, CheckValueLength).Clear();
        var key = new byte[8];
        Encoding.ASCII.GetBytes(password).AsSpan(0, Math.Min(8, password.Length)).CopyTo(key);
#pragma warning disable CA5351 // the protocol's algorithm
        return HMACMD5.HashData(key, packet).AsSpan(0, CheckValueLength).SequenceEqual(value);
#pragma warning restore CA5351
    }

    /// <summary>The HMAC trailer of a message of version 3 over IPv4.</summary>
    /// <param name="message">The message as it is sent.</param>
    /// <param name="source">Who sends it.</param>
    /// <param name="keyId">The number of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="seconds">Its time, since 1970.</param>
    public static byte[] Trailer(byte[] message, byte[] source, byte keyId, byte[] key, long seconds)
    {
        byte[] begin = [1, keyId, 0, 0, (byte)(seconds >> 24), (byte)(seconds >> 16), (byte)(seconds >> 8), (byte)seconds, 0, 0, 0, 0];
        byte[] input = [4, 3, message[1], 0, .. source, .. new byte[16 - source.Length], .. message[..6], 0, 0, .. message[8..], .. begin, .. new byte[TagLength]];
        return [.. begin, .. HMACSHA256.HashData(key, input).AsSpan(0, TagLength)];
    }

    /// <summary>Whether the HMAC trailer of an advert was made with a key of a number.</summary>
    public static bool HasTag(Advert advert, byte keyId, byte[] key)
    {
        if (advert.Trailer is not [1, var id, 0, 0, ..] || id != keyId)
            return false;
        var payload = advert.Payload.ToArray();
        payload[6] = payload[7] = 0;
        payload.AsSpan(payload.Length - TagLength).Clear();
        var source = new byte[16];
        advert.Source.GetAddressBytes().CopyTo(source, 0);
        var family = (byte)(advert.Source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? 6 : 4);
        byte[] input = [family, (byte)advert.Version, (byte)advert.VirtualRouterId, 0, .. source, .. payload];
        return HMACSHA256.HashData(key, input).AsSpan(0, TagLength).SequenceEqual(advert.Trailer.AsSpan(^TagLength..));
    }
}
