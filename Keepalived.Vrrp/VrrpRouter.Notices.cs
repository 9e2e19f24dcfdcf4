using Keepalived.Netlink;

namespace Keepalived.Vrrp;

/// <summary>Notices, one a class until the classes are cleared: a stranger's packets must not fill the log.</summary>
public sealed partial class VrrpRouter
{
    private ulong _noticed;
    private ulong _noticedDiscards;

    private void Observe(VrrpNotice notice, InetAddress address, long value)
    {
        var flag = 1UL << (int)notice;
        if ((_noticed & flag) != 0)
            return;
        _noticed |= flag;
        _actions.Enqueue(VrrpAction.Observe(notice, address, value));
    }

    private void Discard(VrrpDiscardReason reason, InetAddress source)
    {
        Statistics.CountDiscarded(reason);
        if (reason == VrrpDiscardReason.Destination)
            Statistics.AddressListErrors++;
        var flag = 1UL << (int)reason;
        if ((_noticedDiscards & flag) != 0 || IsSilent(reason))
            return;
        _noticedDiscards |= flag;
        _actions.Enqueue(VrrpAction.Observe(VrrpNotice.Discarded, source, (long)reason));
    }

    /// <summary>What is no error of the sender, and happens with every packet for a while.</summary>
    private static bool IsSilent(VrrpDiscardReason reason) =>
        reason is VrrpDiscardReason.StartupDelay or VrrpDiscardReason.VirtualRouterId or VrrpDiscardReason.NotActive
            or VrrpDiscardReason.DestinationKind or VrrpDiscardReason.IgnoredByOwner;

    private void ClearNoticeClasses()
    {
        _noticed = 0;
        _noticedDiscards = 0;
    }
}
