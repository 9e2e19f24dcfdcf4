using System.Net;
using System.Text;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>Well-formed adverts of a router that does not exist, sent by the stranger of a link.</summary>
internal static class AdvertBuilder
{
    private const byte VirtualRouterId = 51;
    private static readonly byte[] StrangerMac = [0x02, 0, 0, 0, 0, 0x66];
    private static readonly byte[] GroupMac = [0x01, 0, 0x5e, 0, 0, 0x12];
    private static readonly byte[] EverybodysMac = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    public static byte[] Version2(
        int priority, int seconds, string[] addresses, string source = "", string password = "", byte vrid = VirtualRouterId)
    {
        var password8 = new byte[8];
        Encoding.ASCII.GetBytes(password).CopyTo(password8, 0);
        byte[] message =
        [
            0x21, vrid, (byte)priority, (byte)addresses.Length, (byte)(password.Length > 0 ? 1 : 0), (byte)seconds, 0, 0,
            .. addresses.SelectMany(address => IPAddress.Parse(address).GetAddressBytes()), .. password8,
        ];
        Store(message, 6, InternetChecksum.Compute(message));
        return IPv4(source, message);
    }

    /// <summary>Signed, with the stranger's address, for a time in seconds since 1970.</summary>
    public static byte[] Signed(int priority, int centiseconds, string[] addresses, byte keyId, byte[] key, long seconds)
    {
        var message = Version3(priority, centiseconds, addresses)[(14 + 20)..];
        return IPv4("", [.. message, .. Signatures.Trailer(message, SourceBytes(""), keyId, key, seconds)]);
    }

    /// <param name="priority">As it is in the message.</param>
    /// <param name="centiseconds">The interval.</param>
    /// <param name="addresses">The virtual addresses.</param>
    /// <param name="source">The stranger's own address, if empty.</param>
    /// <param name="vrid">The virtual router.</param>
    /// <param name="destination">The group, if empty.</param>
    public static byte[] Version3(
        int priority, int centiseconds, string[] addresses, string source = "", byte vrid = VirtualRouterId, string destination = "")
    {
        byte[] message =
        [
            0x31, vrid, (byte)priority, (byte)addresses.Length, (byte)(centiseconds >> 8), (byte)centiseconds, 0, 0,
            .. addresses.SelectMany(address => IPAddress.Parse(address).GetAddressBytes()),
        ];
        byte[] pseudoHeader =
            [.. SourceBytes(source), .. DestinationBytes(destination), 0, AdvertDecoder.Protocol, 0, (byte)message.Length];
        Store(message, 6, InternetChecksum.Compute(pseudoHeader, message));
        return IPv4(source, message, destination);
    }

    private static byte[] IPv4(string source, byte[] message, string destination = "")
    {
        var total = 20 + message.Length;
        byte[] header =
        [
            0x45, 0xc0, (byte)(total >> 8), (byte)total, 0, 1, 0, 0, 255, AdvertDecoder.Protocol, 0, 0,
            .. SourceBytes(source), .. DestinationBytes(destination),
        ];
        Store(header, 10, InternetChecksum.Compute(header));
        return [.. destination.Length > 0 ? EverybodysMac : GroupMac, .. StrangerMac, 0x08, 0x00, .. header, .. message];
    }

    private static byte[] SourceBytes(string source) =>
        IPAddress.Parse(source.Length > 0 ? source : Lan.Address(Lan.Stranger)).GetAddressBytes();

    private static byte[] DestinationBytes(string destination) =>
        destination.Length > 0 ? IPAddress.Parse(destination).GetAddressBytes() : AdvertDecoder.Group4.GetAddressBytes();

    private static void Store(byte[] bytes, int at, ushort value) => (bytes[at], bytes[at + 1]) = ((byte)(value >> 8), (byte)value);
}
