using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Captures;

/// <summary>One Ethernet frame of a recording.</summary>
internal sealed record CapturedFrame(string Name, string Kind, string Expectation, byte[] Bytes)
{
    private const int EthernetHeader = 14;
    private const int IPv6Header = 40;

    public bool IsIPv6 => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(12)) == 0x86dd;

    public AddressFamily Family => IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>What a raw socket delivers: over IPv4 the packet, over IPv6 the payload.</summary>
    public ReadOnlySpan<byte> Datagram => Bytes.AsSpan(EthernetHeader + (IsIPv6 ? IPv6Header : 0));

    public ReadOnlySpan<byte> Packet => Bytes.AsSpan(EthernetHeader);

    /// <summary>The header that the socket puts before it.</summary>
    public DatagramHeader Header => IsIPv6
        ? new DatagramHeader
        {
            Length = Datagram.Length,
            Source = InetAddress.FromBytes(Packet.Slice(8, 16)),
            Destination = InetAddress.FromBytes(Packet.Slice(24, 16)),
            HopLimit = Packet[7],
        }
        : new DatagramHeader { Length = Datagram.Length };

    public override string ToString() => Name;
}
