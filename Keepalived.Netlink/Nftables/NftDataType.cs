namespace Keepalived.Netlink.Nftables;

/// <summary>
/// What the keys and values of a set mean to user space, by the numbers of the nft tool, so that it lists them readably. The kernel looks
/// at lengths only, except for <see cref="Verdict"/>.
/// </summary>
public static class NftDataType
{
    /// <summary>A verdict, as the value of a map.</summary>
    public const uint Verdict = 0xffffff00;

    /// <summary>Just a number.</summary>
    public const uint Integer = 4;

    /// <summary>An IPv4 address (<c>ipv4_addr</c>).</summary>
    public const uint IPv4Address = 7;

    /// <summary>An IPv6 address (<c>ipv6_addr</c>).</summary>
    public const uint IPv6Address = 8;

    /// <summary>A MAC address (<c>ether_addr</c>).</summary>
    public const uint EtherAddress = 9;

    /// <summary>An IP protocol (<c>inet_proto</c>).</summary>
    public const uint InetProtocol = 12;

    /// <summary>A port (<c>inet_service</c>).</summary>
    public const uint InetService = 13;

    /// <summary>An ICMP type (<c>icmp_type</c>).</summary>
    public const uint IcmpType = 14;

    /// <summary>A mark, in host order (<c>mark</c>).</summary>
    public const uint Mark = 19;

    /// <summary>The index of an interface, in host order (<c>iface_index</c>).</summary>
    public const uint InterfaceIndex = 20;

    /// <summary>An ICMPv6 type (<c>icmpv6_type</c>).</summary>
    public const uint IcmpV6Type = 29;

    /// <summary>The name of an interface (<c>ifname</c>).</summary>
    public const uint InterfaceName = 41;

    private const int Bits = 6;

    /// <summary>The type of a concatenation (<c>ipv6_addr . iface_index</c>), of at most five.</summary>
    public static uint Concatenate(params ReadOnlySpan<uint> types)
    {
        var result = 0u;
        foreach (var type in types)
            result = (result << Bits) | type;
        return result;
    }

    /// <summary>Whether values of a type are in host order, as user space has to be told.</summary>
    internal static bool IsHostOrder(uint type) => type is Mark or InterfaceIndex;
}
