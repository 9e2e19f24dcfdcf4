using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io.Interop;

/// <summary>struct sockaddr_in, sockaddr_in6 and sockaddr_ll, to and from bytes.</summary>
internal static class SocketAddresses
{
    /// <summary>Room for any of them.</summary>
    public const int Capacity = 32;

    private const int Ipv4Length = 16;
    private const int Ipv6Length = 28;
    private const int LinkLayerLength = 20;

    /// <summary>Writes an IP socket address and returns its length; 0 for an address of no family.</summary>
    /// <param name="destination">Where to write it, at least <see cref="Capacity"/> bytes.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port, or 0.</param>
    /// <param name="scope">The interface of a link-local or multicast IPv6 address, which means nothing without; else ignored.</param>
    public static int Write(Span<byte> destination, InetAddress address, ushort port, int scope)
    {
        destination[..Capacity].Clear();
        if (address.IsNone)
            return 0;
        MemoryMarshal.Write(destination, (ushort)(address.IsIPv4 ? Libc.AfInet : Libc.AfInet6));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], port);
        if (address.IsIPv4)
        {
            address.WriteTo(destination[4..]);
            return Ipv4Length;
        }

        address.WriteTo(destination[8..]);
        if (address.IsLinkLocal || address.IsMulticast)
            MemoryMarshal.Write(destination[24..], scope);
        return Ipv6Length;
    }

    /// <summary>
    /// Writes a link-layer socket address of an interface and returns its length. The protocol is the Ethernet type in host order.
    /// </summary>
    public static int WriteLinkLayer(Span<byte> destination, int interfaceIndex, ushort protocol)
    {
        destination[..Capacity].Clear();
        MemoryMarshal.Write(destination, (ushort)Libc.AfPacket);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], protocol);
        MemoryMarshal.Write(destination[4..], interfaceIndex);
        return LinkLayerLength;
    }

    /// <summary>Reads what the kernel wrote: address and port, or the interface of a link-layer address.</summary>
    public static (InetAddress Address, ushort Port, int InterfaceIndex) Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < sizeof(ushort))
            return default;
        return MemoryMarshal.Read<ushort>(source) switch
        {
            Libc.AfInet when source.Length >= Ipv4Length =>
                (InetAddress.FromBytes(source.Slice(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(source[2..]), 0),
            Libc.AfInet6 when source.Length >= Ipv6Length =>
                (InetAddress.FromBytes(source.Slice(8, 16)),
                    BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
                    MemoryMarshal.Read<int>(source[24..])),
            Libc.AfPacket when source.Length >= LinkLayerLength - 8 => (InetAddress.None, 0, MemoryMarshal.Read<int>(source[4..])),
            _ => default,
        };
    }
}
