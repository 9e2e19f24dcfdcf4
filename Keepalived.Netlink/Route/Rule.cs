using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Keepalived.Netlink.Route;

/// <summary>
/// A policy routing rule (struct fib_rule_hdr and FRA_* of linux/fib_rules.h): what it matches, and what becomes of that.
/// </summary>
public sealed partial record Rule
{
    internal const int FixedLength = 12;

    /// <summary>The family: IPv4 or IPv6.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Its place: lower ones come first. Null to let the kernel put it before the others.</summary>
    public uint? Priority { get; init; }

    /// <summary>What it does.</summary>
    public RuleAction Action { get; init; } = RuleAction.Table;

    /// <summary>
    /// The table to look in, if <see cref="Action"/> is <see cref="RuleAction.Table"/>; 0 with <see cref="UseLayer3MasterDevice"/>.
    /// </summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>The priority of the rule to go on at, if <see cref="Action"/> is <see cref="RuleAction.Goto"/>.</summary>
    public uint Goto { get; init; }

    /// <summary>Whether it matches what does not match.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Sources; null for all.</summary>
    public InetPrefix? Source { get; init; }

    /// <summary>Destinations; null for all.</summary>
    public InetPrefix? Destination { get; init; }

    /// <summary>The type of service; 0 for any.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>The interface, by name, that a packet came in by; null for any.</summary>
    public string? InputInterface { get; init; }

    /// <summary>The interface, by name, that a local socket is bound to; null for any.</summary>
    public string? OutputInterface { get; init; }

    /// <summary>The firewall mark, under <see cref="MarkMask"/>; null for any.</summary>
    public uint? Mark { get; init; }

    /// <summary>Which bits of the mark count; null for all.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>Ignores routes whose prefix is this long or shorter; null to ignore none.</summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>Ignores routes over links of this group; null to ignore none.</summary>
    public int? SuppressInterfaceGroup { get; init; }

    /// <summary>Whether the table is the one of the VRF of the packet's interface (l3mdev).</summary>
    public bool UseLayer3MasterDevice { get; init; }

    /// <summary>User ids of the sending process; null for all.</summary>
    public UserRange? Users { get; init; }

    /// <summary>The IP protocol; 0 for any.</summary>
    public byte IpProtocol { get; init; }

    /// <summary>Source ports; null for all.</summary>
    public PortRange? SourcePorts { get; init; }

    /// <summary>Destination ports; null for all.</summary>
    public PortRange? DestinationPorts { get; init; }

    /// <summary>The realms, source in the upper 16 bits; 0 for none. IPv4 only.</summary>
    public uint Realms { get; init; }

    /// <summary>The tunnel id; 0 for any.</summary>
    public ulong TunnelId { get; init; }

    /// <summary>Who made it: see <see cref="RouteProtocol"/>.</summary>
    public byte Protocol { get; init; }

    /// <summary>As the ip command writes it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Priority is { } priority)
            text.Append(CultureInfo.InvariantCulture, $"priority {priority} ");
        if (IsInverted)
            text.Append("not ");
        text.Append("from ").Append(Source?.ToString() ?? "all");
        if (Destination is { } destination)
            text.Append(" to ").Append(destination);
        if (InputInterface is not null)
            text.Append(" iif ").Append(InputInterface);
        if (OutputInterface is not null)
            text.Append(" oif ").Append(OutputInterface);
        if (Mark is { } mark)
            text.Append(CultureInfo.InvariantCulture, $" fwmark 0x{mark:x}");
        if (Action == RuleAction.Table)
            text.Append(CultureInfo.InvariantCulture, $" lookup {Table}");
        else
            text.Append(' ').Append(Action.ToString().ToLowerInvariant());
        return text.ToString();
    }
}
