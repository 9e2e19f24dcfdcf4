using System.Buffers.Binary;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;

namespace Keepalived.Vrrp.Wire;

/// <summary>
/// A VRRP advertisement, as a view of its bytes (RFC 9568 section 5.1; version 2: RFC 3768 section 5.1).
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version|  Type |      VRID     |    Priority   |  Addr. Count  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | v2:   Auth Type       Adver Int |                             |
/// | v3: (rsvd 4)  Max Adver Int 12  |            Checksum         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |               IPv4 or IPv6 Address(es) ...                    |
/// |        v2 over IPv4: Authentication Data (8 bytes)            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// </summary>
public readonly ref struct VrrpAdvertisement
{
    /// <summary>The IP protocol number, 112.</summary>
    public const byte Protocol = 112;

    /// <summary>The length of the fixed header, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>The type ADVERTISEMENT, the only one.</summary>
    public const byte AdvertisementType = 1;

    internal const int ChecksumOffset = 6;

    private const long CentisecondNanoseconds = 10 * MonotonicClock.Millisecond;

    /// <summary>A view without checks; the bytes must hold at least the fixed header.</summary>
    internal VrrpAdvertisement(ReadOnlySpan<byte> bytes, AddressFamily family)
    {
        Bytes = bytes;
        Family = family;
    }

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The family of the addresses, that of the carrying IP header.</summary>
    public AddressFamily Family { get; }

    /// <summary>The version field.</summary>
    public VrrpVersion Version => (VrrpVersion)(Bytes[0] >> 4);

    /// <summary>The type field.</summary>
    public int Type => Bytes[0] & 0xf;

    /// <summary>The virtual router identifier.</summary>
    public byte VirtualRouterId => Bytes[1];

    /// <summary>The sender's priority; 0: it stops being master; 255: it owns the addresses.</summary>
    public byte Priority => Bytes[2];

    /// <summary>The number of addresses.</summary>
    public int AddressCount => Bytes[3];

    /// <summary>Version 2: the authentication type; None in version 3.</summary>
    public VrrpAuthenticationType AuthenticationType =>
        Version == VrrpVersion.V2 ? (VrrpAuthenticationType)Bytes[4] : VrrpAuthenticationType.None;

    /// <summary>The interval field: whole seconds in version 2; centiseconds in version 3, without the four reserved bits.</summary>
    public int IntervalField => Version == VrrpVersion.V2 ? Bytes[5] : BinaryPrimitives.ReadUInt16BigEndian(Bytes[4..]) & 0xfff;

    /// <summary>The advertisement interval in nanoseconds.</summary>
    public long Interval => IntervalField * (Version == VrrpVersion.V2 ? MonotonicClock.Second : CentisecondNanoseconds);

    /// <summary>The checksum field.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(Bytes[ChecksumOffset..]);

    /// <summary>The addresses as they are on the wire, one after the other.</summary>
    public ReadOnlySpan<byte> AddressBytes => Bytes.Slice(HeaderLength, AddressCount * AddressLength(Family));

    /// <summary>Version 2 over IPv4: the eight bytes of authentication data; otherwise empty.</summary>
    public ReadOnlySpan<byte> AuthenticationData =>
        Version == VrrpVersion.V2 && Family == AddressFamily.InterNetwork ? Bytes[^VrrpAuthentication.DataLength..] : default;

    /// <summary>
    /// Parses a message without padding or trailer. Total: any bytes give an error or a view; the checksum is not looked at.
    /// </summary>
    /// <param name="message">The message, from the version byte to its end.</param>
    /// <param name="family">The family of the IP header that carried it: IPv4, or anything else for IPv6.</param>
    /// <param name="advertisement">The view, valid as long as the bytes are.</param>
    public static VrrpDecodeError TryParse(ReadOnlySpan<byte> message, AddressFamily family, out VrrpAdvertisement advertisement)
    {
        advertisement = default;
        if (message.Length < HeaderLength)
            return VrrpDecodeError.TooShort;
        var view = new VrrpAdvertisement(message, family);
        if (view.Version is not (VrrpVersion.V2 or VrrpVersion.V3))
            return VrrpDecodeError.Version;
        if (view.Type != AdvertisementType)
            return VrrpDecodeError.Type;
        if (message.Length != LengthOf(view.Version, family, view.AddressCount))
            return VrrpDecodeError.Length;
        if (view.VirtualRouterId == 0)
            return VrrpDecodeError.VirtualRouterId;
        if (view.IntervalField == 0)
            return VrrpDecodeError.Interval;
        advertisement = view;
        return VrrpDecodeError.None;
    }

    /// <summary>The length of a message in bytes.</summary>
    public static int LengthOf(VrrpVersion version, AddressFamily family, int addressCount) =>
        HeaderLength + (addressCount * AddressLength(family))
        + (version == VrrpVersion.V2 && family == AddressFamily.InterNetwork ? VrrpAuthentication.DataLength : 0);

    /// <summary>One of the addresses.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="AddressCount"/>.</exception>
    public InetAddress GetAddress(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)AddressCount, nameof(index));
        var length = AddressLength(Family);
        return InetAddress.FromBytes(Bytes.Slice(HeaderLength + (index * length), length));
    }

    /// <summary>
    /// Whether the checksum is right: in version 2 over IPv4 it covers the message (RFC 3768 section 5.3.8), over IPv6 a pseudo-header as
    /// well; in version 3 over IPv4 the peer decides (<paramref name="form"/>).
    /// </summary>
    /// <param name="source">The source address in the pseudo-header.</param>
    /// <param name="destination">The destination address in the pseudo-header.</param>
    /// <param name="form">What is covered in version 3 over IPv4; elsewhere ignored.</param>
    public bool HasValidChecksum(InetAddress source, InetAddress destination, VrrpChecksumForm form = VrrpChecksumForm.PseudoHeader)
    {
        var sum = InternetChecksum.Sum(Bytes);
        if (UsesPseudoHeader(Version, Family, form))
            sum += InternetChecksum.SumPseudoHeader(source, destination, Protocol, Bytes.Length);
        return InternetChecksum.IsValid(sum);
    }

    internal static bool UsesPseudoHeader(VrrpVersion version, AddressFamily family, VrrpChecksumForm form) =>
        family != AddressFamily.InterNetwork || (version != VrrpVersion.V2 && form == VrrpChecksumForm.PseudoHeader);

    internal static int AddressLength(AddressFamily family) => family == AddressFamily.InterNetwork ? 4 : 16;
}
