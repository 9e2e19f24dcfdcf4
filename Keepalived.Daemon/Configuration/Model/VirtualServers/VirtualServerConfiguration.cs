using System.Net.Sockets;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model.VirtualServers;

/// <summary>
/// A <c>virtual_server</c> block, completed: what real servers and checks inherit is in them, and the rules between keywords have been
/// applied. It is one of three kinds: of an address, of a firewall mark, or of a group.
/// </summary>
public sealed record VirtualServerConfiguration
{
    /// <summary>The virtual address; <see cref="InetAddress.None"/> for a mark or a group.</summary>
    public InetAddress Address { get; init; }

    /// <summary>The port; 0: all ports, of a persistent service only; 0 for a mark or a group.</summary>
    public ushort Port { get; init; }

    /// <summary>The firewall mark; 0 unless <see cref="IsMark"/>.</summary>
    public uint FirewallMark { get; init; }

    /// <summary>Whether it is the service of a firewall mark.</summary>
    public bool IsMark { get; init; }

    /// <summary>The group whose entries are its services; null for an address or a mark.</summary>
    public VirtualServerGroupConfiguration? Group { get; init; }

    /// <summary>Its number among the virtual servers that use <see cref="Group"/>, from 0: what tells them apart in logs and at reloads.</summary>
    public int GroupOrdinal { get; init; }

    /// <summary>
    /// The family of the services; <see cref="AddressFamily.Unspecified"/> for a group of both, whose servers are all tunnelled.
    /// </summary>
    public AddressFamily Family { get; init; }

    /// <summary><c>protocol</c>; <see cref="IpvsProtocol.None"/> where only marks are served.</summary>
    public IpvsProtocol Protocol { get; init; }

    /// <summary><c>lvs_sched</c>: the name of the kernel's scheduler.</summary>
    public string Scheduler { get; init; } = IpvsScheduler.WeightedLeastConnection;

    /// <summary><c>ops</c>, <c>flag-1</c> … <c>mh-fallback</c>.</summary>
    public IpvsServiceFlags Flags { get; init; }

    /// <summary><c>persistence_timeout</c>, <c>persistence_granularity</c>, <c>persistence_engine</c>; none if null.</summary>
    public IpvsPersistence? Persistence { get; init; }

    /// <summary><c>while_master</c>: the VRRP instance that must be master for it to be in the kernel; always there if null.</summary>
    public string? WhileMaster { get; init; }

    /// <summary><c>ha_suspend</c>: whether checks run only while the address is on this machine.</summary>
    public bool HaSuspend { get; init; }

    /// <summary><c>smtp_alert</c>; if null as <c>smtp_alert_checker</c> or <c>smtp_alert</c> of the globals say, and off where they say nothing.</summary>
    public bool? SmtpAlert { get; init; }

    /// <summary><c>virtualhost</c>; none if null. Already part of the HTTP checks.</summary>
    public string? VirtualHost { get; init; }

    /// <summary><c>snmp_name</c>; none if null.</summary>
    public string? SnmpName { get; init; }

    /// <summary><c>alpha</c>; already part of the real servers and their checks.</summary>
    public bool Alpha { get; init; }

    /// <summary><c>omega</c>: whether the stop counts as going down.</summary>
    public bool Omega { get; init; }

    /// <summary><c>quorum</c>: the least weight of live servers, at most the sum of all configured weights.</summary>
    public uint Quorum { get; init; } = 1;

    /// <summary><c>hysteresis</c>, less than <see cref="Quorum"/> or 0.</summary>
    public uint Hysteresis { get; init; }

    /// <summary><c>quorum_up</c>; none if null.</summary>
    public ScriptConfiguration? QuorumUp { get; init; }

    /// <summary><c>quorum_down</c>; none if null.</summary>
    public ScriptConfiguration? QuorumDown { get; init; }

    /// <summary><c>delay_loop</c>; already part of the checks.</summary>
    public TimeSpan DelayLoop { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>sorry_server</c>; none if null.</summary>
    public SorryServerConfiguration? SorryServer { get; init; }

    /// <summary>The real servers in the order of the file; at least one, no two with the same address and port.</summary>
    public EquatableArray<RealServerConfiguration> RealServers { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
