using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model.VirtualServers;

/// <summary>A <c>real_server</c> block, completed with what it inherits from its virtual server.</summary>
public sealed record RealServerConfiguration
{
    /// <summary>Its address.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>
    /// Its port as the kernel is to have it: with NAT its own, or the virtual server's where it says none; with DR and TUN the virtual
    /// server's, 0 behind a mark. With a group it is the port as written, which counts for NAT; DR and TUN use that of each entry.
    /// </summary>
    public ushort Port { get; init; }

    /// <summary><c>weight</c>, 0..2147483647.</summary>
    public int Weight { get; init; } = 1;

    /// <summary><c>lvs_method</c>: how packets go to it.</summary>
    public IpvsForwarding Forwarding { get; init; }

    /// <summary>The tunnel, with <see cref="IpvsForwarding.Tunnel"/>.</summary>
    public IpvsTunnel Tunnel { get; init; }

    /// <summary><c>uthreshold</c>: the connections at which it gets no more; 0: no limit.</summary>
    public uint UpperThreshold { get; init; }

    /// <summary><c>lthreshold</c>: the connections below which it gets some again; 0: none.</summary>
    public uint LowerThreshold { get; init; }

    /// <summary><c>inhibit_on_failure</c>: whether a failure sets its weight to 0 instead of removing it.</summary>
    public bool InhibitOnFailure { get; init; }

    /// <summary><c>alpha</c>, its own or the virtual server's; already part of its checks.</summary>
    public bool Alpha { get; init; }

    /// <summary><c>notify_up</c>; none if null.</summary>
    public ScriptConfiguration? NotifyUp { get; init; }

    /// <summary><c>notify_down</c>; none if null.</summary>
    public ScriptConfiguration? NotifyDown { get; init; }

    /// <summary>
    /// <c>smtp_alert</c>; if null as <c>smtp_alert_checker</c> or <c>smtp_alert</c> of the globals say, and on where they say nothing.
    /// </summary>
    public bool? SmtpAlert { get; init; }

    /// <summary><c>virtualhost</c>, its own or the virtual server's; already part of its HTTP checks.</summary>
    public string? VirtualHost { get; init; }

    /// <summary><c>snmp_name</c>; none if null.</summary>
    public string? SnmpName { get; init; }

    /// <summary>Its checks in the order of the file; it is up while all of them are.</summary>
    public EquatableArray<CheckConfiguration> Checks { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
