using System.Globalization;
using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>
/// What tells a service from others: protocol, address and port, or a firewall mark and a family. Make one with <see cref="Create"/> or
/// <see cref="ForMark"/>; the default value names no service.
/// </summary>
public readonly record struct IpvsServiceKey : IComparable<IpvsServiceKey>
{
    private IpvsServiceKey(AddressFamily family, IpvsProtocol protocol, InetAddress address, ushort port, uint mark) =>
        (Family, Protocol, Address, Port, Mark) = (family, protocol, address, port, mark);

    /// <summary>IPv4 or IPv6; <see cref="AddressFamily.Unspecified"/> in the default value only.</summary>
    public AddressFamily Family { get; }

    /// <summary>The protocol; <see cref="IpvsProtocol.None"/> for a firewall mark.</summary>
    public IpvsProtocol Protocol { get; }

    /// <summary>The virtual address; <see cref="InetAddress.None"/> for a firewall mark.</summary>
    public InetAddress Address { get; }

    /// <summary>The port; 0 for all ports, which a persistent service may have, and for a firewall mark.</summary>
    public ushort Port { get; }

    /// <summary>The firewall mark; 0 for a service of an address.</summary>
    public uint Mark { get; }

    /// <summary>Whether this is a service of a firewall mark.</summary>
    public bool IsMark => Mark != 0;

    /// <summary>Whether this is the default value, which names no service.</summary>
    public bool IsNone => Family == AddressFamily.Unspecified;

    /// <summary>The service of an address.</summary>
    /// <param name="protocol">TCP, UDP or SCTP.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="port">The port; 0 for all ports, which a persistent service may have.</param>
    /// <exception cref="ArgumentException"><paramref name="address"/> is <see cref="InetAddress.None"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> is none of the three.</exception>
    public static IpvsServiceKey Create(IpvsProtocol protocol, InetAddress address, ushort port)
    {
        if (protocol is not (IpvsProtocol.Tcp or IpvsProtocol.Udp or IpvsProtocol.Sctp))
            throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "A service of an address is TCP, UDP or SCTP.");
        if (address.IsNone)
            throw new ArgumentException("A service needs an address.", nameof(address));
        return new IpvsServiceKey(address.Family, protocol, address, port, 0);
    }

    /// <summary>The service of the packets that carry a firewall mark.</summary>
    /// <param name="mark">The mark, not 0.</param>
    /// <param name="family">The family of the packets.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mark"/> is 0 or the family is neither IPv4 nor IPv6.</exception>
    public static IpvsServiceKey ForMark(uint mark, AddressFamily family = AddressFamily.InterNetwork)
    {
        ArgumentOutOfRangeException.ThrowIfZero(mark);
        if (family is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
            throw new ArgumentOutOfRangeException(nameof(family), family, "A service is of IPv4 or IPv6.");
        return new IpvsServiceKey(family, IpvsProtocol.None, InetAddress.None, 0, mark);
    }

    /// <summary>What the kernel says, which may be a protocol without a name here.</summary>
    internal static IpvsServiceKey FromKernel(IpvsProtocol protocol, InetAddress address, ushort port) =>
        new(address.Family, protocol, address, port, 0);

    /// <summary>Services of addresses before those of marks; then by family, address, port, protocol and mark.</summary>
    public int CompareTo(IpvsServiceKey other) =>
        (IsMark, (int)Family, Address, Port, (int)Protocol, Mark)
            .CompareTo((other.IsMark, (int)other.Family, other.Address, other.Port, (int)other.Protocol, other.Mark));

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(IpvsServiceKey left, IpvsServiceKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(IpvsServiceKey left, IpvsServiceKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not sort after <paramref name="right"/>.</summary>
    public static bool operator <=(IpvsServiceKey left, IpvsServiceKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not sort before <paramref name="right"/>.</summary>
    public static bool operator >=(IpvsServiceKey left, IpvsServiceKey right) => left.CompareTo(right) >= 0;

    /// <summary>As ipvsadm writes it: <c>TCP 192.0.2.1:80</c>, <c>UDP [2001:db8::1]:53</c>, <c>FWM 7</c>, <c>FWM 7 IPv6</c>.</summary>
    public override string ToString()
    {
        if (IsNone)
            return "none";
        if (IsMark)
            return string.Create(CultureInfo.InvariantCulture, $"FWM {Mark}{(Family == AddressFamily.InterNetworkV6 ? " IPv6" : "")}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{Protocol.ToString().ToUpperInvariant()} {new IpvsDestinationKey(Address, Port)}");
    }
}
