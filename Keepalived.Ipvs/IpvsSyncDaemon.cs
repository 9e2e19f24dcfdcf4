using System.Globalization;
using Keepalived.Ipvs.Wire;
using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>A thread of the kernel that sends or receives connections by multicast, so that they survive a change of masters.</summary>
public sealed record IpvsSyncDaemon
{
    /// <summary>The longest name of an interface, in bytes (IFNAMSIZ less its zero).</summary>
    public const int MaxInterfaceNameLength = 15;

    /// <summary>What it does.</summary>
    public required IpvsSyncRole Role { get; init; }

    /// <summary>The interface it uses.</summary>
    public required string Interface { get; init; }

    /// <summary>0 to 255. A backup with 0 takes from everybody, with another number from masters with the same.</summary>
    public int SyncId { get; init; }

    /// <summary>The longest message, 1 to 65507 bytes; 0 for what the interface takes (Linux 4.3).</summary>
    public int MaxLength { get; init; }

    /// <summary>The multicast group, IPv4 or IPv6; none for 224.0.0.81 (Linux 4.3).</summary>
    public InetAddress Group { get; init; }

    /// <summary>The UDP port; 0 for 8848 (Linux 4.3).</summary>
    public ushort Port { get; init; }

    /// <summary>The TTL or hop limit; 0 for 1 (Linux 4.3).</summary>
    public byte Ttl { get; init; }

    /// <summary>Checks what the kernel would refuse.</summary>
    /// <exception cref="ArgumentException">
    /// The role is unknown; the interface's name is empty or too long; the sync id or the length is out of range; the group is not a
    /// multicast address.
    /// </exception>
    public void Validate()
    {
        if (!Enum.IsDefined(Role))
            throw Invalid("it has no role");
        if (!WireText.Fits(Interface, MaxInterfaceNameLength))
            throw Invalid($"'{Interface}' is not the name of an interface");
        if (SyncId is < 0 or > 255)
            throw Invalid($"a sync id of {SyncId} is not in 0 to 255");
        if (MaxLength is < 0 or > 65507)
            throw Invalid($"a length of {MaxLength} is not in 0 to 65507 bytes");
        if (!Group.IsNone && !Group.IsMulticast)
            throw Invalid($"{Group} is not a multicast group");
    }

    private static ArgumentException Invalid(string reason) => new($"IPVS sync daemon: {reason}.");

    /// <summary><c>master on eth0, sync id 51</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Role.ToString().ToLowerInvariant()} on {Interface}, sync id {SyncId}");
}
