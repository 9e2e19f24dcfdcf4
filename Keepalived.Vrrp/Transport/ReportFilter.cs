using System.Net.Sockets;
using Keepalived.Netlink.Nftables;
using Keepalived.Vrrp.Firewall;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Keeps the group reports of virtual MAC interfaces (IGMP, MLD), and their router solicitations, from the wire: a switch learns from them
/// where a MAC address is, and that of a backup is not here. Lives on the loop.
/// </summary>
internal sealed class ReportFilter(TransportContext context)
{
    /// <summary>
    /// Has these filtered: before they come up, and before they get IPv6. Completes when the kernel has the rules, or has refused them, which
    /// is logged.
    /// </summary>
    public Task HoldAsync(IReadOnlyCollection<VirtualInterface> interfaces)
    {
        if (context.Filter is not { } filter || interfaces.Count == 0)
            return Task.CompletedTask;
        foreach (var item in interfaces)
        {
            if (item.Wish.IsMacvlan)
                filter.Hold(item, [.. ToElements(item)]);
        }

        return filter.FlushAsync();
    }

    /// <summary>These are gone.</summary>
    public void Release(IEnumerable<VirtualInterface> interfaces)
    {
        foreach (var item in interfaces)
            context.Filter?.Hold(item, []);
    }

    private IEnumerable<FilterElement> ToElements(VirtualInterface item)
    {
        if (item.Wish.Family == AddressFamily.InterNetwork && context.Options.LocalGroupReports)
            yield return FilterElement.OfVirtualMac(NftFamily.IPv4, item.Index, item.BaseIndex);
        if (item.Wish.UsesIPv6)
            yield return FilterElement.OfVirtualMac(NftFamily.IPv6, item.Index, item.BaseIndex);
    }
}
