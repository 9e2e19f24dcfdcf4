using System.Buffers.Binary;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// A gratuitous ARP: a broadcast request in which an address asks for itself (RFC 9568 section 6.4.2, RFC 5227), complete with its
/// link-layer header, ready for a packet socket.
/// </summary>
public static class GratuitousArp
{
    /// <summary>The length of the longest frame (InfiniBand), in bytes.</summary>
    public const int MaxLength = 80;

    private const int FixedLength = 8;

    /// <summary>Whether interfaces with link-layer addresses of this length can announce: 6 (Ethernet) or 20 (InfiniBand).</summary>
    public static bool IsSupported(int addressLength) => LinkLayerFrame.HeaderLength(addressLength) > 0;

    /// <summary>Writes the frame.</summary>
    /// <param name="frame">At least 42 bytes for Ethernet, 80 for InfiniBand.</param>
    /// <param name="hardwareType">The interface's ARPHRD_ number: 1 for Ethernet, 32 for InfiniBand.</param>
    /// <param name="hardware">The interface's address: the virtual router's on a virtual MAC interface.</param>
    /// <param name="broadcast">The interface's broadcast address.</param>
    /// <param name="address">The IPv4 address to announce.</param>
    /// <returns>The frame's length.</returns>
    /// <exception cref="ArgumentException">
    /// The frame is too short, the address not IPv4, or the link-layer addresses of no known length.
    /// </exception>
    public static int Write(
        Span<byte> frame,
        ushort hardwareType,
        LinkLayerAddress hardware,
        LinkLayerAddress broadcast,
        InetAddress address)
    {
        if (!address.IsIPv4)
            throw new ArgumentException("ARP announces IPv4 addresses.", nameof(address));
        if (!IsSupported(hardware.Length) || broadcast.Length != hardware.Length)
            throw new ArgumentException("ARP needs hardware and broadcast addresses of 6 or 20 bytes.", nameof(hardware));
        var length = LinkLayerFrame.HeaderLength(hardware.Length) + FixedLength + (2 * (hardware.Length + 4));
        if (frame.Length < length)
            throw new ArgumentException("The frame is too short.", nameof(frame));

        var body = frame[LinkLayerFrame.Write(frame, broadcast, hardware, LinkLayerFrame.EtherTypeArp)..length];
        BinaryPrimitives.WriteUInt16BigEndian(body, hardwareType);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], 0x0800);
        body[4] = (byte)hardware.Length;
        body[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(body[6..], 1);
        body = body[FixedLength..];
        hardware.Bytes.CopyTo(body);
        address.WriteTo(body[hardware.Length..]);
        body = body[(hardware.Length + 4)..];
        broadcast.Bytes.CopyTo(body);
        address.WriteTo(body[hardware.Length..]);
        return length;
    }
}
