using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>
/// An address of an interface (struct ifaddrmsg and IFA_* of linux/if_addr.h). Two are the same address of the same interface if
/// <see cref="InterfaceIndex"/>, <see cref="Local"/>, <see cref="PrefixLength"/> and, for IPv4, <see cref="Peer"/> are equal.
/// </summary>
public sealed record Address
{
    /// <summary>A lifetime without end.</summary>
    public const uint Forever = uint.MaxValue;

    internal const int FixedLength = 8;

    private const ushort IfaAddress = 1;
    private const ushort IfaLocal = 2;
    private const ushort IfaLabel = 3;
    private const ushort IfaBroadcast = 4;
    private const ushort IfaCacheInfo = 6;
    private const ushort IfaFlags = 8;
    private const ushort IfaRoutePriority = 9;
    private const ushort IfaProtocol = 11;

    [ThreadStatic]
    private static string? _lastLabel;

    /// <summary>The interface that carries it.</summary>
    public required int InterfaceIndex { get; init; }

    /// <summary>The address.</summary>
    public required InetAddress Local { get; init; }

    /// <summary>The prefix length of the subnet, or of the peer's if there is one, in bits: 0-32 or 0-128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>The other end of a point-to-point link; <see cref="InetAddress.None"/> without one.</summary>
    public InetAddress Peer { get; init; }

    /// <summary>IPv4: the broadcast address; <see cref="InetAddress.None"/> without one. The kernel adds none by itself.</summary>
    public InetAddress Broadcast { get; init; }

    /// <summary>
    /// IPv4: the label, up to 15 characters, which must start with the interface's name for old programs; null for the interface's name.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>Where the address is valid.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>Its flags.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>Who added it (IFA_PROTO): 18 for keepalived, 0 if nobody said. Linux before 5.18 does not keep it.</summary>
    public byte Protocol { get; init; }

    /// <summary>How long it is preferred, in seconds; <see cref="Forever"/>; 0: deprecated from the start. Counts down.</summary>
    public uint PreferredLifetime { get; init; } = Forever;

    /// <summary>How long it is valid, in seconds, or <see cref="Forever"/>. Counts down; the kernel then removes it.</summary>
    public uint ValidLifetime { get; init; } = Forever;

    /// <summary>The metric of the route to its prefix; 0 for the kernel's choice.</summary>
    public uint Metric { get; init; }

    /// <summary>The address with its prefix length.</summary>
    public InetPrefix Prefix => new(Local, PrefixLength);

    /// <summary>An address of an interface.</summary>
    public static Address Create(int interfaceIndex, InetPrefix prefix, AddressFlags flags = AddressFlags.None) =>
        new() { InterfaceIndex = interfaceIndex, Local = prefix.Address, PrefixLength = prefix.Length, Flags = flags };

    /// <summary>Decodes RTM_NEWADDR or RTM_DELADDR. Attributes that are not known are left out.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out Address? address)
    {
        address = null;
        if (message.Type is not (RouteMessageType.NewAddress or RouteMessageType.DeleteAddress))
            return NetlinkDecodeError.WrongType;
        var bytes = message.Payload;
        if (bytes.Length < FixedLength)
            return NetlinkDecodeError.TruncatedPayload;
        InetAddress local = default, remote = default, broadcast = default;
        string? label = null;
        uint flags = bytes[2], preferred = Forever, valid = Forever, metric = 0;
        byte protocol = 0;
        var ok = true;
        var attributes = message.Attributes(FixedLength);
        while (attributes.TryRead(out var attribute))
        {
            switch (attribute.Type)
            {
                case IfaAddress:
                    ok &= attribute.TryGetAddress(out remote);
                    break;
                case IfaLocal:
                    ok &= attribute.TryGetAddress(out local);
                    break;
                case IfaBroadcast:
                    ok &= attribute.TryGetAddress(out broadcast);
                    break;
                case IfaLabel:
                    label = ReadLabel(attribute);
                    break;
                case IfaFlags:
                    ok &= attribute.TryGetUInt32(out flags);
                    break;
                case IfaProtocol:
                    ok &= attribute.TryGetByte(out protocol);
                    break;
                case IfaRoutePriority:
                    ok &= attribute.TryGetUInt32(out metric);
                    break;
                case IfaCacheInfo when attribute.Value.Length >= 2 * sizeof(uint):
                    preferred = MemoryMarshal.Read<uint>(attribute.Value);
                    valid = MemoryMarshal.Read<uint>(attribute.Value[sizeof(uint)..]);
                    break;
            }
        }

        // IFA_LOCAL is ours and IFA_ADDRESS the other end; IPv6 leaves IFA_LOCAL out where there is no other end.
        if (local.IsNone)
            (local, remote) = (remote, InetAddress.None);
        if (!ok || attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        if (local.IsNone)
            return NetlinkDecodeError.MissingAttribute;
        if (local.Family != KernelFamily.FromKernel(bytes[0]) || bytes[1] > local.Length * 8)
            return NetlinkDecodeError.MalformedAttribute;
        address = new Address
        {
            InterfaceIndex = MemoryMarshal.Read<int>(bytes[4..]),
            Local = local,
            PrefixLength = bytes[1],
            Peer = remote == local ? InetAddress.None : remote,
            Broadcast = broadcast,
            Label = label,
            Scope = (RouteScope)bytes[3],
            Flags = (AddressFlags)flags,
            Protocol = protocol,
            PreferredLifetime = preferred,
            ValidLifetime = valid,
            Metric = metric,
        };
        return NetlinkDecodeError.None;
    }

    /// <summary>Writes what follows the header of RTM_NEWADDR.</summary>
    /// <exception cref="ArgumentException">
    /// The address is <see cref="InetAddress.None"/>, or the prefix length or the label is too long.
    /// </exception>
    public void Encode(ref NetlinkMessageWriter writer)
    {
        EncodeIdentity(ref writer);
        writer.WriteAddress(IfaBroadcast, Broadcast);
        if (Label is not null)
        {
            if (Encoding.UTF8.GetByteCount(Label) > Link.MaxNameLength)
                throw new ArgumentException($"The label '{Label}' is longer than {Link.MaxNameLength} bytes.");
            writer.WriteString(IfaLabel, Label);
        }

        if (Flags != AddressFlags.None)
            writer.WriteUInt32(IfaFlags, (uint)Flags);
        if (Protocol != 0)
            writer.WriteByte(IfaProtocol, Protocol);
        if (Metric != 0)
            writer.WriteUInt32(IfaRoutePriority, Metric);
        if (PreferredLifetime == Forever && ValidLifetime == Forever)
            return;
        Span<byte> cacheInfo = stackalloc byte[4 * sizeof(uint)];
        cacheInfo.Clear();
        MemoryMarshal.Write(cacheInfo, PreferredLifetime);
        MemoryMarshal.Write(cacheInfo[sizeof(uint)..], ValidLifetime);
        writer.WriteBytes(IfaCacheInfo, cacheInfo);
    }

    /// <summary>Writes what follows the header of RTM_DELADDR: what identifies the address.</summary>
    /// <exception cref="ArgumentException">The address is <see cref="InetAddress.None"/>, or the prefix length is too long.</exception>
    public void EncodeIdentity(ref NetlinkMessageWriter writer)
    {
        if (Local.IsNone || (uint)PrefixLength > Local.Length * 8)
            throw new ArgumentException($"'{Local}/{PrefixLength}' is not an address with a prefix length.");
        var header = writer.WriteFixedHeader(FixedLength);
        header[0] = Local.Family.ToKernel();
        header[1] = (byte)PrefixLength;
        header[2] = (byte)((uint)Flags & 0xff);
        header[3] = (byte)Scope;
        MemoryMarshal.Write(header[4..], InterfaceIndex);
        writer.WriteAddress(IfaLocal, Local);
        writer.WriteAddress(IfaAddress, Peer.IsNone ? Local : Peer);
    }

    /// <summary>As the ip command writes it.</summary>
    public override string ToString()
    {
        var peer = Peer.IsNone ? "" : $" peer {Peer}";
        return string.Create(CultureInfo.InvariantCulture, $"{Local}{peer}/{PrefixLength} dev {InterfaceIndex}");
    }

    /// <summary>Mostly the interface's name, so that thousands of addresses have the same one.</summary>
    private static string ReadLabel(in NetlinkAttribute attribute)
    {
        var bytes = attribute.StringBytes;
        if (bytes.Length > Link.MaxNameLength)
            return attribute.GetString();
        Span<char> text = stackalloc char[Link.MaxNameLength];
        text = text[..Encoding.UTF8.GetChars(bytes, text)];
        return _lastLabel is { } last && text.SequenceEqual(last) ? last : _lastLabel = new string(text);
    }
}
