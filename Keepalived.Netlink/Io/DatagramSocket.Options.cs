using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

public sealed unsafe partial class DatagramSocket
{
    /// <summary>BPF_RET | BPF_K: lets that many bytes of a packet pass.</summary>
    private const ushort ReturnLength = 0x06;

    /// <summary>The hop limit of multicast datagrams, 0 to 255 (IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS).</summary>
    public int MulticastHops
    {
        get => GetIpOption(Libc.IpMulticastTtl, "IP_MULTICAST_TTL", Libc.Ipv6MulticastHops, "IPV6_MULTICAST_HOPS");
        set => SetIpOption(Libc.IpMulticastTtl, "IP_MULTICAST_TTL", Libc.Ipv6MulticastHops, "IPV6_MULTICAST_HOPS", value);
    }

    /// <summary>The hop limit of unicast datagrams, 1 to 255 (IP_TTL, IPV6_UNICAST_HOPS).</summary>
    public int Hops
    {
        get => GetIpOption(Libc.IpTtl, "IP_TTL", Libc.Ipv6UnicastHops, "IPV6_UNICAST_HOPS");
        set => SetIpOption(Libc.IpTtl, "IP_TTL", Libc.Ipv6UnicastHops, "IPV6_UNICAST_HOPS", value);
    }

    /// <summary>
    /// Whether this machine's sockets hear the multicasts sent here (IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP). For IPv6 too, it is set on
    /// the sender.
    /// </summary>
    public bool MulticastLoopback
    {
        get => GetIpOption(Libc.IpMulticastLoop, "IP_MULTICAST_LOOP", Libc.Ipv6MulticastLoop, "IPV6_MULTICAST_LOOP") != 0;
        set => SetIpOption(Libc.IpMulticastLoop, "IP_MULTICAST_LOOP", Libc.Ipv6MulticastLoop, "IPV6_MULTICAST_LOOP", value ? 1 : 0);
    }

    /// <summary>
    /// Whether groups that other sockets joined are heard too, the kernel's default (IP_MULTICAST_ALL, IPV6_MULTICAST_ALL).
    /// </summary>
    public bool MulticastAll
    {
        get => GetIpOption(Libc.IpMulticastAll, "IP_MULTICAST_ALL", Libc.Ipv6MulticastAll, "IPV6_MULTICAST_ALL") != 0;
        set => SetIpOption(Libc.IpMulticastAll, "IP_MULTICAST_ALL", Libc.Ipv6MulticastAll, "IPV6_MULTICAST_ALL", value ? 1 : 0);
    }

    /// <summary>The traffic class, DSCP and ECN in one byte (IP_TOS, IPV6_TCLASS): 0xc0 is internetwork control.</summary>
    public int TrafficClass
    {
        get => GetIpOption(Libc.IpTos, "IP_TOS", Libc.Ipv6TrafficClass, "IPV6_TCLASS");
        set => SetIpOption(Libc.IpTos, "IP_TOS", Libc.Ipv6TrafficClass, "IPV6_TCLASS", value);
    }

    /// <summary>
    /// The lowest hop limit that the kernel accepts, 0 to 255 (IP_MINTTL, IPV6_MINHOPCOUNT). Linux enforces it for TCP; datagrams arrive
    /// all the same, so the generalized TTL security of RFC 5082 is for the reader to check with <see cref="DatagramHeader.HopLimit"/>.
    /// </summary>
    public int MinHopCount
    {
        get => GetIpOption(Libc.IpMinTtl, "IP_MINTTL", Libc.Ipv6MinHopCount, "IPV6_MINHOPCOUNT");
        set => SetIpOption(Libc.IpMinTtl, "IP_MINTTL", Libc.Ipv6MinHopCount, "IPV6_MINHOPCOUNT", value);
    }

    /// <summary>Whether addresses that the machine does not have may be bound and sent from (IP_FREEBIND, IPV6_FREEBIND).</summary>
    public bool FreeBind
    {
        get => GetIpOption(Libc.IpFreeBind, "IP_FREEBIND", Libc.Ipv6FreeBind, "IPV6_FREEBIND") != 0;
        set => SetIpOption(Libc.IpFreeBind, "IP_FREEBIND", Libc.Ipv6FreeBind, "IPV6_FREEBIND", value ? 1 : 0);
    }

    /// <summary>
    /// Whether what is sent begins with its IPv4 header (IP_HDRINCL). The kernel fills in its checksum and total length, and an
    /// identification of 0.
    /// </summary>
    public bool HeaderIncluded
    {
        get => GetOption(Libc.SolIp, Libc.IpHdrIncl, "IP_HDRINCL") != 0;
        set => SetOption(Libc.SolIp, Libc.IpHdrIncl, "IP_HDRINCL", value ? 1 : 0);
    }

    /// <summary>
    /// Where in the payload of a raw IPv6 socket the kernel computes and verifies the Internet checksum, an even offset; -1 for nowhere
    /// (IPV6_CHECKSUM).
    /// </summary>
    public int ChecksumOffset
    {
        get => GetOption(Libc.SolIpv6, Libc.Ipv6Checksum, "IPV6_CHECKSUM");
        set => SetOption(Libc.SolIpv6, Libc.Ipv6Checksum, "IPV6_CHECKSUM", value);
    }

    /// <summary>The firewall mark of what is sent (SO_MARK). Needs CAP_NET_ADMIN.</summary>
    public uint Mark
    {
        get => (uint)GetOption(Libc.SolSocket, Libc.SoMark, "SO_MARK");
        set => SetOption(Libc.SolSocket, Libc.SoMark, "SO_MARK", (int)value);
    }

    /// <summary>The queueing priority of what is sent (SO_PRIORITY); above 6 it needs CAP_NET_ADMIN.</summary>
    public int Priority
    {
        get => GetOption(Libc.SolSocket, Libc.SoPriority, "SO_PRIORITY");
        set => SetOption(Libc.SolSocket, Libc.SoPriority, "SO_PRIORITY", value);
    }

    /// <summary>
    /// The kernel's receive buffer in bytes (SO_RCVBUF). The kernel doubles what is set, for its bookkeeping, and caps it at
    /// net.core.rmem_max.
    /// </summary>
    public int ReceiveBufferSize
    {
        get => GetOption(Libc.SolSocket, Libc.SoRcvBuf, "SO_RCVBUF");
        set => SetOption(Libc.SolSocket, Libc.SoRcvBuf, "SO_RCVBUF", value);
    }

    /// <summary>
    /// The kernel's send buffer in bytes (SO_SNDBUF). The kernel doubles what is set, for its bookkeeping, and caps it at
    /// net.core.wmem_max.
    /// </summary>
    public int SendBufferSize
    {
        get => GetOption(Libc.SolSocket, Libc.SoSndBuf, "SO_SNDBUF");
        set => SetOption(Libc.SolSocket, Libc.SoSndBuf, "SO_SNDBUF", value);
    }

    /// <summary>Whether an address in use may be bound (SO_REUSEADDR).</summary>
    public bool ReuseAddress
    {
        get => GetOption(Libc.SolSocket, Libc.SoReuseAddr, "SO_REUSEADDR") != 0;
        set => SetOption(Libc.SolSocket, Libc.SoReuseAddr, "SO_REUSEADDR", value ? 1 : 0);
    }

    /// <summary>Sets the kernel's receive buffer beyond net.core.rmem_max (SO_RCVBUFFORCE). Needs CAP_NET_ADMIN.</summary>
    public void ForceReceiveBufferSize(int bytes) => SetOption(Libc.SolSocket, Libc.SoRcvBufForce, "SO_RCVBUFFORCE", bytes);

    /// <summary>Sets the kernel's send buffer beyond net.core.wmem_max (SO_SNDBUFFORCE). Needs CAP_NET_ADMIN.</summary>
    public void ForceSendBufferSize(int bytes) => SetOption(Libc.SolSocket, Libc.SoSndBufForce, "SO_SNDBUFFORCE", bytes);

    /// <summary>Binds an IP socket to a local address (bind(2)).</summary>
    /// <param name="address">The address; any of the family for all.</param>
    /// <param name="port">The UDP port; 0 for one that is free.</param>
    /// <param name="interfaceIndex">The interface of a link-local IPv6 address.</param>
    public void Bind(InetAddress address, ushort port = 0, int interfaceIndex = 0)
    {
        var name = stackalloc byte[SocketAddresses.Capacity];
        var length = SocketAddresses.Write(new Span<byte>(name, SocketAddresses.Capacity), address, port, interfaceIndex);
        if (Libc.Bind(_socket, name, (uint)length) != 0)
            throw SystemCallException.FromLastError($"bind a {_kind} to {address} port {port}");
    }

    /// <summary>The port that the socket is bound to; 0 if none.</summary>
    public ushort LocalPort
    {
        get
        {
            var name = stackalloc byte[SocketAddresses.Capacity];
            uint length = SocketAddresses.Capacity;
            if (Libc.GetSockName(_socket, name, &length) != 0)
                throw SystemCallException.FromLastError($"read the address of a {_kind}");
            return SocketAddresses.Read(new ReadOnlySpan<byte>(name, (int)length)).Port;
        }
    }

    /// <summary>
    /// Sends and receives by this interface only (SO_BINDTODEVICE); an empty name undoes it. For packet sockets, say the interface when
    /// opening.
    /// </summary>
    public void BindToDevice(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* pointer = bytes)
        {
            if (Libc.SetSockOpt(_socket, Libc.SolSocket, Libc.SoBindToDevice, pointer, (uint)bytes.Length) != 0)
                throw SystemCallException.FromLastError($"set SO_BINDTODEVICE of a {_kind} to interface {name}");
        }
    }

    /// <summary>Joins a multicast group on an interface (IP_ADD_MEMBERSHIP, IPV6_ADD_MEMBERSHIP).</summary>
    public void JoinGroup(InetAddress group, int interfaceIndex) =>
        ChangeMembership(
            group, interfaceIndex, Libc.IpAddMembership, "IP_ADD_MEMBERSHIP", Libc.Ipv6AddMembership, "IPV6_ADD_MEMBERSHIP");

    /// <summary>Leaves a multicast group on an interface (IP_DROP_MEMBERSHIP, IPV6_DROP_MEMBERSHIP).</summary>
    public void LeaveGroup(InetAddress group, int interfaceIndex) =>
        ChangeMembership(
            group, interfaceIndex, Libc.IpDropMembership, "IP_DROP_MEMBERSHIP", Libc.Ipv6DropMembership, "IPV6_DROP_MEMBERSHIP");

    /// <summary>
    /// The interface that multicasts leave by when a datagram names none (IP_MULTICAST_IF, IPV6_MULTICAST_IF); 0 for that of the route.
    /// </summary>
    public void SetMulticastInterface(int interfaceIndex)
    {
        if (IsIPv4)
        {
            var membership = new IpMembership { InterfaceIndex = interfaceIndex };
            SetOption(Libc.SolIp, Libc.IpMulticastIf, "IP_MULTICAST_IF", &membership, sizeof(IpMembership), $"interface {interfaceIndex}");
        }
        else
        {
            SetOption(Libc.SolIpv6, Libc.Ipv6MulticastIf, "IPV6_MULTICAST_IF", &interfaceIndex, sizeof(int), $"interface {interfaceIndex}");
        }
    }

    /// <summary>
    /// Makes the kernel drop whatever arrives, with a filter that accepts nothing (SO_ATTACH_FILTER): for sockets that only send.
    /// </summary>
    public void DiscardInput()
    {
        // BPF_RET | BPF_K with 0: accept no byte.
        AttachFilter([new SocketFilterInstruction(0x06, 0, 0, 0)]);
    }

    private void AttachFilter(ReadOnlySpan<SocketFilterInstruction> filter)
    {
        fixed (SocketFilterInstruction* instructions = filter)
        {
            var program = new SockProgram { Length = (ushort)filter.Length, Filter = instructions };
            SetOption(
                Libc.SolSocket, Libc.SoAttachFilter, "SO_ATTACH_FILTER", &program, sizeof(SockProgram), $"{filter.Length} instructions");
        }
    }

    /// <summary>
    /// Makes the kernel drop what has not one of these values in the byte at an offset of the payload (SO_ATTACH_FILTER), so that nobody is
    /// woken for it. Raw sockets: behind the IPv4 header, whatever its length. May be called again with other values.
    /// </summary>
    /// <param name="offset">Where the byte is.</param>
    /// <param name="values">The values, at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no value, or the offset is negative.</exception>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void AcceptOnly(int offset, ReadOnlySpan<byte> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfZero(values.Length, nameof(values));
        const ushort LoadHeaderLength = 0xb1, LoadByteBehind = 0x50, LoadByte = 0x30, JumpIfEqual = 0x15;
        var filter = new List<SocketFilterInstruction>((2 * values.Length) + 3);
        if (IsIPv4)
            filter.Add(new(LoadHeaderLength, 0, 0, 0));
        filter.Add(new(IsIPv4 ? LoadByteBehind : LoadByte, 0, 0, (uint)offset));
        foreach (var value in values)
        {
            filter.Add(new(JumpIfEqual, 0, 1, value));
            filter.Add(new(ReturnLength, 0, 0, uint.MaxValue));
        }

        filter.Add(new(ReturnLength, 0, 0, 0));
        AttachFilter(CollectionsMarshal.AsSpan(filter));
    }

    /// <summary>Ends what <see cref="AcceptOnly"/> has begun: everything is received again.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void AcceptAll() => AttachFilter([new(ReturnLength, 0, 0, uint.MaxValue)]);

    private bool IsIPv4 => Family switch
    {
        AddressFamily.InterNetwork => true,
        AddressFamily.InterNetworkV6 => false,
        _ => throw new InvalidOperationException($"A {_kind} has no options of IP."),
    };

    private void BindPacket(int interfaceIndex, ushort etherType)
    {
        var name = stackalloc byte[SocketAddresses.Capacity];
        var length = SocketAddresses.WriteLinkLayer(new Span<byte>(name, SocketAddresses.Capacity), interfaceIndex, etherType);
        if (Libc.Bind(_socket, name, (uint)length) != 0)
            throw SystemCallException.FromLastError($"bind a {_kind} to interface {interfaceIndex}");
    }

    private void ChangeMembership(InetAddress group, int interfaceIndex, int option, string name, int optionIpv6, string nameIpv6)
    {
        if (group.Family != Family || !group.IsMulticast)
            throw new ArgumentException($"{group} is not a multicast group for a {_kind}.", nameof(group));
        var detail = $"{group} on interface {interfaceIndex}";
        if (IsIPv4)
        {
            var membership = new IpMembership { InterfaceIndex = interfaceIndex };
            group.WriteTo(new Span<byte>(&membership.Group, 4));
            SetOption(Libc.SolIp, option, name, &membership, sizeof(IpMembership), detail);
        }
        else
        {
            var membership = new Ipv6Membership { InterfaceIndex = interfaceIndex };
            group.WriteTo(membership.Group);
            SetOption(Libc.SolIpv6, optionIpv6, nameIpv6, &membership, sizeof(Ipv6Membership), detail);
        }
    }

    private int GetIpOption(int option, string name, int optionIpv6, string nameIpv6) =>
        IsIPv4 ? GetOption(Libc.SolIp, option, name) : GetOption(Libc.SolIpv6, optionIpv6, nameIpv6);

    private void SetIpOption(int option, string name, int optionIpv6, string nameIpv6, int value)
    {
        if (IsIPv4)
            SetOption(Libc.SolIp, option, name, value);
        else
            SetOption(Libc.SolIpv6, optionIpv6, nameIpv6, value);
    }

    private int GetOption(int level, int option, string name)
    {
        var value = 0;
        uint length = sizeof(int);
        return Libc.GetSockOpt(_socket, level, option, &value, &length) == 0
            ? value
            : throw SystemCallException.FromLastError($"read {name} of a {_kind}");
    }

    private void SetOption(int level, int option, string name, int value) => SetOption(level, option, name, &value, sizeof(int), null);

    private void SetOption(int level, int option, string name, void* value, int length, string? detail)
    {
        if (Libc.SetSockOpt(_socket, level, option, value, (uint)length) != 0)
            throw SystemCallException.FromLastError($"set {name} of a {_kind} to {detail ?? $"{*(int*)value}"}");
    }
}
