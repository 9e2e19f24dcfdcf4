using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

/// <summary>State Backup: RFC 9568 section 6.4.2.</summary>
public sealed partial class VrrpRouter
{
    /// <summary>
    /// When a running preempt delay ends; <see cref="Never"/> if none runs. It is looked at when an advert comes, not a timer.
    /// </summary>
    private long _preemptDelayUntil = Never;

    private void HandleInBackup(in VrrpAdvertisement advertisement, InetAddress source, long now)
    {
        var priority = advertisement.Priority;
        if (_options.IsOwner && EffectivePriority < 255 && (source != MasterAddress || priority != 255))
            SetEffectivePriority(255, now);
        if (priority == 0)
        {
            Arm(SkewTime, now);
            return;
        }

        var tells = MayTellOfMaster(source, now);
        if (tells)
            ClearNoticeClasses();
        if (!Follows(priority, now))
        {
            Observe(VrrpNotice.LowerPriorityDiscarded, source, priority);
            MasterAddress = source;
            MasterPriority = priority;
            return;
        }

        var awaited = IsBetterThan(source, priority) ? _timer : 0;
        if (_options.Version == VrrpVersion.V3)
            MasterInterval = advertisement.Interval;
        Arm(MasterDownInterval, now);
        _timer = Math.Max(_timer, awaited);
        if (tells)
            _actions.Enqueue(VrrpAction.Observe(VrrpNotice.MasterChanged, source, priority));
        MasterAddress = source;
        MasterPriority = priority;
        UpdatePreemptDelay(source, priority, now);
        WantedState = VrrpState.Backup;
        SyncGroup?.FollowToBackup(this, isLoss: false, now);
    }

    /// <summary>Whether to follow a master of this priority: it is not lower than ours, or we must not or not yet preempt it.</summary>
    private bool Follows(byte priority, long now) =>
        !_options.Preempt
        || priority >= EffectivePriority
        || (_options.PreemptDelay > TimeSpan.Zero && now < _preemptDelayUntil);

    /// <summary>
    /// Whether the master that we follow is better than another one, which then is about to yield to it: the parting word of that one
    /// (higher_prio_send_advert) and its shorter interval must not make us think that the better one is gone.
    /// </summary>
    private bool IsBetterThan(InetAddress source, byte priority) =>
        !MasterAddress.IsNone && source != MasterAddress
        && (MasterPriority > priority || (MasterPriority == priority && MasterAddress > source));

    private void UpdatePreemptDelay(InetAddress source, byte priority, long now)
    {
        if (_options.PreemptDelay == TimeSpan.Zero)
            return;
        if (priority >= EffectivePriority)
        {
            StopPreemptDelay();
        }
        else if (_preemptDelayUntil == Never)
        {
            _preemptDelayUntil = now + MonotonicClock.FromTimeSpan(_options.PreemptDelay);
            _actions.Enqueue(VrrpAction.Observe(VrrpNotice.PreemptDelayStarted, source, (long)_options.PreemptDelay.TotalMilliseconds));
        }
    }

    private void StopPreemptDelay() => _preemptDelayUntil = Never;
}
