using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>
/// One address that a virtual router brings to an interface while it is master, with what the kernel should know about it. The
/// defaults suit nearly everybody: the address on the router's own interface, scope global, no broadcast.
/// </summary>
public sealed record VirtualAddress
{
    /// <summary>The longest interface label the kernel takes (IFNAMSIZ - 1 of linux/if.h).</summary>
    public const int MaxLabelLength = 15;

    /// <summary>What few addresses have: thousands share that it is nothing.</summary>
    private readonly Rare _rare = Rare.None;

    /// <summary>An address with its prefix length.</summary>
    public VirtualAddress(InetPrefix prefix) => Prefix = prefix;

    /// <summary>The address and its prefix length, such as 192.0.2.10/24.</summary>
    public InetPrefix Prefix { get; init; }

    /// <summary>The interface that carries it; <see langword="null"/> for the virtual router's own.</summary>
    public string? Device { get; init; }

    /// <summary>The scope (RT_SCOPE_* of linux/rtnetlink.h) of an IPv4 address: 0 global, 200 site, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>
    /// The broadcast address of an IPv4 address; <see cref="InetAddress.None"/> for none. See <see cref="DirectedBroadcast"/>.
    /// </summary>
    public InetAddress Broadcast
    {
        get => _rare.Broadcast;
        init => _rare = _rare.Broadcast == value ? _rare : (_rare with { Broadcast = value }).Share();
    }

    /// <summary>The label of an IPv4 address, such as <c>eth0:1</c>; at most <see cref="MaxLabelLength"/> bytes.</summary>
    public string? Label
    {
        get => _rare.Label;
        init => _rare = _rare.Label == value ? _rare : (_rare with { Label = value }).Share();
    }

    /// <summary>The other end of a point-to-point address; <see cref="InetAddress.None"/> for none.</summary>
    public InetAddress Peer
    {
        get => _rare.Peer;
        init => _rare = _rare.Peer == value ? _rare : (_rare with { Peer = value }).Share();
    }

    /// <summary>Sets IFA_F_HOMEADDRESS (IPv6, RFC 6275).</summary>
    public bool HomeAddress { get; init; }

    /// <summary>Sets IFA_F_MANAGETEMPADDR: temporary addresses are made from this one (IPv6, RFC 8981).</summary>
    public bool ManageTemporaryAddresses { get; init; }

    /// <summary>Sets IFA_F_NOPREFIXROUTE: no route to the prefix is made.</summary>
    public bool NoPrefixRoute { get; init; }

    /// <summary>Sets IFA_F_MCAUTOJOIN: a multicast address is joined at the link layer.</summary>
    public bool AutoJoin { get; init; }

    /// <summary>
    /// Whether the kernel runs duplicate address detection (IPv6). Off by default: a taken-over address must work at once, and VRRP itself
    /// decides who owns it.
    /// </summary>
    public bool DuplicateAddressDetection { get; init; }

    /// <summary>
    /// For how long an IPv6 address is preferred as a source: <see cref="Timeout.InfiniteTimeSpan"/> for ever, zero for never. By default
    /// (<see langword="null"/>) never for a /128, so that the kernel does not choose it for outgoing traffic, and for ever otherwise.
    /// </summary>
    public TimeSpan? PreferredLifetime
    {
        get => _rare.PreferredLifetime;
        init => _rare = _rare.PreferredLifetime == value ? _rare : (_rare with { PreferredLifetime = value }).Share();
    }

    /// <summary>Whether its interface going down, or somebody else deleting it, concerns the virtual router.</summary>
    public bool Track { get; init; } = true;

    /// <summary>
    /// Whether it is put on a virtual MAC interface of its interface, although the router itself has none there (use_vmac of an address).
    /// </summary>
    public bool UseVirtualMac { get; init; }

    /// <summary>The address of <see cref="Prefix"/>.</summary>
    public InetAddress Address => Prefix.Address;

    /// <summary>
    /// The address with all host bits set: what <c>broadcast +</c> means. <see cref="InetAddress.None"/> for IPv6 and prefixes longer
    /// than 30.
    /// </summary>
    public InetAddress DirectedBroadcast
    {
        get
        {
            if (!Address.IsIPv4 || Prefix.Length > 30)
                return InetAddress.None;
            Span<byte> bytes = stackalloc byte[4];
            Address.WriteTo(bytes);
            for (var bit = Prefix.Length; bit < 32; bit++)
                bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
            return InetAddress.FromBytes(bytes);
        }
    }

    /// <summary>Parses ADDRESS or ADDRESS/LENGTH; without a length it is a single host.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static VirtualAddress Parse(string text) => new(InetPrefix.Parse(text));

    /// <summary>The preferred lifetime in effect.</summary>
    internal TimeSpan EffectivePreferredLifetime =>
        PreferredLifetime ?? (Address.IsIPv6 && Prefix.IsHost ? TimeSpan.Zero : Timeout.InfiniteTimeSpan);

    /// <summary>What the kernel knows it by: with a peer the prefix is the address alone.</summary>
    internal InetPrefix EffectivePrefix => Peer.IsNone ? Prefix : InetPrefix.Host(Address);

    /// <summary>Says what is wrong with this address, or <see langword="null"/>.</summary>
    internal string? FindError()
    {
        if (Address.IsNone || Address.IsAny)
            return "A virtual address must not be the unspecified one.";
        if (Address.IsMulticast && !AutoJoin)
            return $"The virtual address {Address} is a multicast address.";
        if (!Broadcast.IsNone && Broadcast.Family != Address.Family)
            return $"The broadcast address of {Address} is of another family.";
        if (!Peer.IsNone && Peer.Family != Address.Family)
            return $"The peer of {Address} is of another family.";
        if (!Peer.IsNone && !Broadcast.IsNone)
            return $"{Address} has both a peer and a broadcast address.";
        if (!Address.IsIPv4 && (Label is not null || !Broadcast.IsNone || Scope != 0))
            return $"{Address}: label, broadcast and scope are for IPv4 addresses.";
        if (Label is { Length: 0 or > MaxLabelLength })
            return $"The label of {Address} must have 1 to {MaxLabelLength} characters.";
        if (PreferredLifetime is { } lifetime && lifetime < TimeSpan.Zero && lifetime != Timeout.InfiniteTimeSpan)
            return $"The preferred lifetime of {Address} is negative.";
        return InterfaceName.Check(Device);
    }

    /// <inheritdoc/>
    public override string ToString() => Device is null ? Prefix.ToString() : $"{Prefix} dev {Device}";

    private sealed record Rare(InetAddress Broadcast, string? Label, InetAddress Peer, TimeSpan? PreferredLifetime)
    {
        public static Rare None { get; } = new(InetAddress.None, null, InetAddress.None, null);

        public Rare Share() => Equals(None) ? None : this;
    }
}
