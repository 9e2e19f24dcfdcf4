using System.Text;

namespace Keepalived.Vrrp.Firewall;

/// <summary>
/// The packet filter that keeps packets from addresses that a master does not accept packets to, and the group reports of virtual MAC
/// interfaces on their way: nf_tables tables of the families <c>ip</c> and <c>ip6</c>, made when a router starts that may need them and deleted
/// with the engine.
/// </summary>
public sealed record VrrpFirewallOptions
{
    private const int MaxNameBytes = 253;

    /// <summary>Tables named <c>keepalived</c>, priority -1, no counters.</summary>
    public static VrrpFirewallOptions Default { get; } = new();

    /// <summary>
    /// The name of the tables, 1-253 bytes; <c>keepalived</c> by default. Tables of this name that are there when the engine starts are
    /// taken for leftovers of an earlier run and deleted.
    /// </summary>
    public string Table { get; init; } = "keepalived";

    /// <summary>The priority of the chains at their hooks. Default -1, just before ordinary filters.</summary>
    public int Priority { get; init; } = -1;

    /// <summary>Whether the rules count packets and bytes.</summary>
    public bool Counters { get; init; }

    /// <summary>
    /// Whether link-local addresses are matched with the index of their interface even if the router runs without it, so that the
    /// interface may be made again with another index; by default they are then matched with its name.
    /// </summary>
    public bool MatchByIndex { get; init; }

    /// <summary>
    /// Whether the group reports of virtual MAC interfaces are copied to the interface below. If not, and on kernels that cannot copy, they
    /// are only dropped, and the interface below joins the groups of the adverts itself.
    /// </summary>
    public bool CopyGroupReports { get; init; } = true;

    internal string? FindError() => string.IsNullOrEmpty(Table) || Table.Contains('\0') || Encoding.UTF8.GetByteCount(Table) > MaxNameBytes
        ? $"The name of the firewall's table must have 1 to {MaxNameBytes} bytes."
        : null;
}
