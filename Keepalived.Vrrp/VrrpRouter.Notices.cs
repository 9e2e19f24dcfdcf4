using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>Notices, one a class until the classes are cleared: a stranger's packets must not fill the log.</summary>
public sealed partial class VrrpRouter
{
    private const int ToldChangesAtOnce = 10;
    private const long ToldChangeSpacing = MonotonicClock.Second;

    /// <summary>When the next change of the master would be due if those that are told were evenly spread.</summary>
    private long _nextToldChange;

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

    /// <summary>
    /// Whether it is told that this is another master, and all notices once more with it. Who sends adverts of many senders makes a change of
    /// each of them.
    /// </summary>
    private bool MayTellOfMaster(InetAddress source, long now) =>
        source != MasterAddress && IsWithin(ref _nextToldChange, ToldChangeSpacing, ToldChangesAtOnce, now);

    /// <summary>Whether one more is within a rate: so many at once, then one after each spacing.</summary>
    /// <param name="next">When the next one would be due if all were evenly spread.</param>
    /// <param name="spacing">The time for one.</param>
    /// <param name="atOnce">How many may come together.</param>
    /// <param name="now">The present.</param>
    private static bool IsWithin(ref long next, long spacing, int atOnce, long now)
    {
        var due = Math.Max(next, now);
        if (due - now > spacing * (atOnce - 1))
            return false;
        next = due + spacing;
        return true;
    }

    private void ClearNoticeClasses()
    {
        _noticed = 0;
        _noticedDiscards = 0;
    }
}
