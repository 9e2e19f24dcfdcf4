using Keepalived.Netlink;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

/// <summary>
/// Two routers that both claim to own the addresses (RFC 9568 section 8.3.2). The one with the lower address yields at once. The other one
/// tells it so by two adverts; if the claim still stands after that, it gives way too, as priority 254, because a network with a wrong
/// master is better than one with two.
/// </summary>
public sealed partial class VrrpRouter
{
    private const int AdvertsBeforeConflict = 2;

    private int _advertsToConflict;
    private long _otherOwnerInterval;
    private long _ownerConflictUntil = Never;

    private void HandleOtherOwner(in VrrpAdvertisement advertisement, InetAddress source, long now)
    {
        if (source > SourceAddress)
        {
            Observe(VrrpNotice.OwnerConflictYielding, source, advertisement.Priority);
        }
        else if (_ownerConflictUntil != Never)
        {
            _actions.Enqueue(VrrpAction.Observe(VrrpNotice.OwnerConflictPersists, source, advertisement.Priority));
            SetEffectivePriority(254, now);
        }
        else if (_advertsToConflict == 0)
        {
            Observe(VrrpNotice.OwnerConflict, source, advertisement.Priority);
            _advertsToConflict = AdvertsBeforeConflict;
            _otherOwnerInterval = advertisement.Interval;
        }
    }

    /// <summary>Called for each advert sent: after the second one since the conflict showed, the other owner should be silent.</summary>
    private void CountTowardsOwnerConflict(long now)
    {
        if (_advertsToConflict > 0 && --_advertsToConflict == 0)
            _ownerConflictUntil = now + (Math.Max(_ownInterval, _otherOwnerInterval) * 12 / 10);
    }

    private void EndOwnerConflict()
    {
        _ownerConflictUntil = Never;
        _actions.Enqueue(VrrpAction.Observe(VrrpNotice.OwnerConflictEnded, MasterAddress, 0));
    }

    private void CancelOwnerConflict()
    {
        _advertsToConflict = 0;
        _ownerConflictUntil = Never;
    }
}
