using System.Buffers.Binary;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Vrrp.Wire;

/// <summary>The IPv4 header (RFC 791 section 3.1) of a raw packet, as a view of its bytes, options included.</summary>
public readonly ref struct IPv4Header
{
    /// <summary>The length without options, in bytes.</summary>
    public const int MinLength = 20;

    internal const int IdentificationOffset = 4;
    internal const int FragmentOffset = 6;
    internal const int TimeToLiveOffset = 8;
    internal const int ChecksumOffset = 10;
    internal const int SourceOffset = 12;
    internal const int DestinationOffset = 16;

    /// <summary>CS6, network control: the type of service of adverts.</summary>
    internal const byte NetworkControl = 0xc0;

    private IPv4Header(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The header with its options.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The type of service.</summary>
    public byte TypeOfService => Bytes[1];

    /// <summary>The length of header and payload that the header claims.</summary>
    public int TotalLength => BinaryPrimitives.ReadUInt16BigEndian(Bytes[2..]);

    /// <summary>The identification.</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(Bytes[IdentificationOffset..]);

    /// <summary>Whether this is a part of a datagram: more fragments follow, or the offset is not zero.</summary>
    public bool IsFragment => (BinaryPrimitives.ReadUInt16BigEndian(Bytes[FragmentOffset..]) & 0x3fff) != 0;

    /// <summary>The time to live.</summary>
    public byte TimeToLive => Bytes[TimeToLiveOffset];

    /// <summary>The protocol of the payload.</summary>
    public byte Protocol => Bytes[9];

    /// <summary>The header checksum.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(Bytes[ChecksumOffset..]);

    /// <summary>The source address.</summary>
    public InetAddress Source => InetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[SourceOffset..]));

    /// <summary>The destination address.</summary>
    public InetAddress Destination => InetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(Bytes[DestinationOffset..]));

    /// <summary>Finds the header at the start of a packet.</summary>
    /// <returns>Whether there is one: version 4, at least 20 bytes, and as long as it says.</returns>
    public static bool TryParse(ReadOnlySpan<byte> packet, out IPv4Header header)
    {
        header = default;
        if (packet.Length < MinLength || packet[0] >> 4 != 4)
            return false;
        var length = (packet[0] & 0xf) * 4;
        if (length < MinLength || packet.Length < length)
            return false;
        header = new IPv4Header(packet[..length]);
        return true;
    }

    /// <summary>Writes a header of 20 bytes, with its checksum.</summary>
    /// <exception cref="ArgumentException">The destination is too short, or an address is not IPv4.</exception>
    public static void Write(
        Span<byte> destination,
        InetAddress source,
        InetAddress target,
        byte protocol,
        byte timeToLive,
        ushort identification,
        int totalLength)
    {
        if (destination.Length < MinLength || !source.IsIPv4 || !target.IsIPv4)
            throw new ArgumentException("An IPv4 header needs 20 bytes and IPv4 addresses.", nameof(destination));
        destination[..MinLength].Clear();
        destination[0] = 0x45;
        destination[1] = NetworkControl;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)totalLength);
        BinaryPrimitives.WriteUInt16BigEndian(destination[IdentificationOffset..], identification);
        destination[TimeToLiveOffset] = timeToLive;
        destination[9] = protocol;
        source.WriteTo(destination[SourceOffset..]);
        target.WriteTo(destination[DestinationOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[ChecksumOffset..], InternetChecksum.Compute(destination[..MinLength]));
    }

    /// <summary>Sets to zero what may change on the way: type of service, fragment field, checksum, and perhaps the TTL.</summary>
    internal static void ClearMutableFields(Span<byte> header, bool timeToLive)
    {
        header[1] = 0;
        header.Slice(FragmentOffset, 2).Clear();
        header.Slice(ChecksumOffset, 2).Clear();
        if (timeToLive)
            header[TimeToLiveOffset] = 0;
    }
}
