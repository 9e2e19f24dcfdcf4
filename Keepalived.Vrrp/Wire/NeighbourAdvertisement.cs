using System.Buffers.Binary;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// An unsolicited neighbour advertisement (RFC 4861 section 4.4, 7.2.6; RFC 9568 section 6.4.2) to all nodes, complete with link-layer
/// and IPv6 headers, ready for a packet socket.
/// </summary>
public static class NeighbourAdvertisement
{
    /// <summary>The length of the longest frame (InfiniBand), in bytes.</summary>
    public const int MaxLength = 112;

    private const int IPv6HeaderLength = 40;
    private const int FixedLength = 24;
    private const byte IcmpV6 = 58;
    private const byte Type = 136;
    private const byte RouterFlag = 0x80;
    private const byte OverrideFlag = 0x20;
    private const byte TargetLinkLayerAddress = 2;

    private static readonly InetAddress AllNodes = InetAddress.Parse("ff02::1");
    private static readonly LinkLayerAddress AllNodesEthernet = new([0x33, 0x33, 0, 0, 0, 1]);

    /// <summary>Writes the frame.</summary>
    /// <param name="frame">At least 86 bytes for Ethernet, 112 for InfiniBand.</param>
    /// <param name="hardware">The interface's address: the virtual router's on a virtual MAC interface.</param>
    /// <param name="broadcast">
    /// The interface's broadcast address; InfiniBand takes scope and partition of the all-nodes group from it.
    /// </param>
    /// <param name="address">The IPv6 address to announce, also the packet's source.</param>
    /// <param name="isRouter">Whether the interface forwards: the router flag.</param>
    /// <returns>The frame's length.</returns>
    /// <exception cref="ArgumentException">
    /// The frame is too short, the address not IPv6, or the link-layer addresses of no known length.
    /// </exception>
    public static int Write(Span<byte> frame, LinkLayerAddress hardware, LinkLayerAddress broadcast, InetAddress address, bool isRouter)
    {
        if (!address.IsIPv6)
            throw new ArgumentException("A neighbour advertisement announces IPv6 addresses.", nameof(address));
        if (!GratuitousArp.IsSupported(hardware.Length) || broadcast.Length != hardware.Length)
            throw new ArgumentException("Hardware and broadcast addresses must have 6 or 20 bytes.", nameof(hardware));

        // The option counts in units of eight bytes; InfiniBand's twenty bytes get two of padding in front (RFC 4391 section 9.3).
        var padding = hardware.Length == LinkLayerFrame.InfiniBandAddressLength ? 2 : 0;
        var optionLength = 2 + padding + hardware.Length;
        var icmpLength = FixedLength + optionLength;
        var length = LinkLayerFrame.HeaderLength(hardware.Length) + IPv6HeaderLength + icmpLength;
        if (frame.Length < length)
            throw new ArgumentException("The frame is too short.", nameof(frame));

        var destination = padding == 0 ? AllNodesEthernet : AllNodesInfiniBand(broadcast);
        var packet = frame[LinkLayerFrame.Write(frame, destination, hardware, LinkLayerFrame.EtherTypeIPv6)..length];
        packet.Clear();
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)icmpLength);
        packet[6] = IcmpV6;
        packet[7] = 255;
        address.WriteTo(packet[8..]);
        AllNodes.WriteTo(packet[24..]);

        var message = packet[IPv6HeaderLength..];
        message[0] = Type;
        message[4] = (byte)(OverrideFlag | (isRouter ? RouterFlag : 0));
        address.WriteTo(message[8..]);
        message[FixedLength] = TargetLinkLayerAddress;
        message[FixedLength + 1] = (byte)(optionLength / 8);
        hardware.Bytes.CopyTo(message[(FixedLength + 2 + padding)..]);
        var sum = InternetChecksum.Sum(message) + InternetChecksum.SumPseudoHeader(address, AllNodes, IcmpV6, icmpLength);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Finish(sum));
        return length;
    }

    /// <summary>The InfiniBand group of ff02::1 (RFC 4391 section 4): scope and partition key of the broadcast group.</summary>
    private static LinkLayerAddress AllNodesInfiniBand(LinkLayerAddress broadcast)
    {
        var from = broadcast.Bytes;
        Span<byte> group = stackalloc byte[LinkLayerFrame.InfiniBandAddressLength];
        group.Clear();
        group[1..5].Fill(0xff);
        group[5] = (byte)(0x10 | (from[5] & 0xf));
        group[6] = 0x60;
        group[7] = 0x1b;
        from[8..10].CopyTo(group[8..]);
        group[^1] = 1;
        return new LinkLayerAddress(group);
    }
}
