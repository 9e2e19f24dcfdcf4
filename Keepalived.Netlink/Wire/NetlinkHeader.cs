using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Wire;

/// <summary>
/// The header of every netlink message (struct nlmsghdr), in host order:
/// <code>
///  0               2               4               6               8
/// |            length             |     type      |     flags     |
/// |           sequence            |            port id            |
/// </code>
/// </summary>
/// <param name="Length">The length of the message with this header, without the padding after it, in bytes.</param>
/// <param name="Type">What it is: see <see cref="NetlinkMessageType"/>, or a number of the protocol.</param>
/// <param name="Flags">See <see cref="NetlinkMessageFlags"/>.</param>
/// <param name="Sequence">The request's number, which its answers repeat. 0 in most notifications.</param>
/// <param name="PortId">The port of the requester; 0 for the kernel.</param>
public readonly record struct NetlinkHeader(uint Length, ushort Type, NetlinkMessageFlags Flags, uint Sequence, uint PortId)
{
    /// <summary>The size of the header in bytes.</summary>
    public const int Size = 16;

    /// <summary>Messages and attributes start at multiples of this (NLMSG_ALIGNTO, NLA_ALIGNTO).</summary>
    public const int Alignment = 4;

    /// <summary>Rounds a length up to <see cref="Alignment"/>.</summary>
    public static int Align(int length) => (length + Alignment - 1) & -Alignment;

    /// <summary>Reads the header at the start of <paramref name="bytes"/>. The length field is not judged.</summary>
    /// <returns>False if there are fewer than 16 bytes.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NetlinkHeader header)
    {
        header = default;
        if (bytes.Length < Size)
            return false;
        header = new NetlinkHeader(
            MemoryMarshal.Read<uint>(bytes),
            MemoryMarshal.Read<ushort>(bytes[4..]),
            (NetlinkMessageFlags)MemoryMarshal.Read<ushort>(bytes[6..]),
            MemoryMarshal.Read<uint>(bytes[8..]),
            MemoryMarshal.Read<uint>(bytes[12..]));
        return true;
    }

    /// <summary>Writes the header to the first 16 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Size)
            throw new ArgumentException("A netlink header has 16 bytes.", nameof(destination));
        MemoryMarshal.Write(destination, Length);
        MemoryMarshal.Write(destination[4..], Type);
        MemoryMarshal.Write(destination[6..], (ushort)Flags);
        MemoryMarshal.Write(destination[8..], Sequence);
        MemoryMarshal.Write(destination[12..], PortId);
    }
}
