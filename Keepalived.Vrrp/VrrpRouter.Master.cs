using Keepalived.Netlink;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

/// <summary>State Master: RFC 9568 section 6.4.3, and the ways into and out of it.</summary>
public sealed partial class VrrpRouter
{
    private const int AnswersInAnInterval = 5;

    /// <summary>When the next answer would be due if answers were evenly spread.</summary>
    private long _nextAnswer;

    /// <summary>Becomes master, with all of its sync group; waits once more if a member of that does not want to be.</summary>
    private void BecomeMaster(VrrpStateReason reason, long now)
    {
        if (SyncGroup?.Allows(this) == false)
        {
            Arm(MasterDownInterval, now);
            return;
        }

        EnterMaster(reason, now);
        SyncGroup?.FollowToMaster(this, now);
    }

    /// <summary>Advertises before anything is configured, so that the old master withdraws first.</summary>
    private void EnterMaster(VrrpStateReason reason, long now)
    {
        ClearNoticeClasses();
        RestartSequence();
        MasterInterval = _ownInterval;
        if (_options.IsOwner)
            SetEffectivePriority(255, now);
        Arm(_ownInterval, now);
        Send(EffectivePriority, VrrpAdvertisementReason.BecomingMaster, now);
        _actions.Enqueue(VrrpAction.ConfigureAddresses());
        Statistics.BecameMaster++;
        ScheduleAnnouncements(now);
        SetState(VrrpState.Master, reason, now);
    }

    private void LeaveMaster(VrrpState target, VrrpStateReason reason, bool resign, long now)
    {
        ClearNoticeClasses();
        StopPreemptDelay();
        CancelAnnouncements();
        CancelOwnerConflict();
        if (resign)
            Send(0, VrrpAdvertisementReason.Resigning, now);
        _actions.Enqueue(VrrpAction.RemoveAddresses());
        Statistics.ReleasedMaster++;
        SetState(target, reason, now);
        if (target == VrrpState.Backup)
            Arm(MasterDownInterval, now);
        else
            _timer = Never;
    }

    private void HandleAdvertisementTimer(long now)
    {
        var late = now - _timer;
        if (_options.LateTimerPeerPriority is { } peer)
        {
            var skew = VrrpIntervals.SkewTime(_options.Version, peer, _ownInterval);
            if (late >= (2 * _ownInterval) + skew && now - _lastSent >= (3 * _ownInterval) + skew)
            {
                LeaveMaster(VrrpState.Backup, VrrpStateReason.TimerLate, resign: false, now);
                WantedState = VrrpState.Backup;
                SyncGroup?.FollowToBackup(this, isLoss: false, now);
                return;
            }
        }

        // Counting from the deadline, not from the present, keeps lateness from adding up; after a long sleep start afresh.
        Arm(_ownInterval, late < _ownInterval ? _timer : now);
        Send(EffectivePriority, VrrpAdvertisementReason.Timer, now);
        SyncGroup?.FollowToMaster(this, now);
    }

    private void HandleInMaster(in VrrpAdvertisement advertisement, InetAddress source, long now)
    {
        var priority = advertisement.Priority;
        if (priority == 0)
        {
            if (!MayAnswer(now))
                return;
            Send(EffectivePriority, VrrpAdvertisementReason.PriorityZeroReceived, now);
            Arm(_ownInterval, now);
            return;
        }

        if (_options.IsOwner && priority < 255)
            Observe(VrrpNotice.AdvertisementHeardByOwner, source, priority);
        if (priority == EffectivePriority && source == SourceAddress)
        {
            Observe(VrrpNotice.OwnSourceAddress, source, priority);
            return;
        }

        if (priority == EffectivePriority)
        {
            if (priority == 255)
                HandleOtherOwner(advertisement, source, now);
            else
                Observe(VrrpNotice.EqualPriority, source, priority);
        }

        if (priority > EffectivePriority || (priority == EffectivePriority && source > SourceAddress))
            Yield(advertisement, source, now);
        else
            AssertMastership(source, priority, now);
    }

    private void Yield(in VrrpAdvertisement advertisement, InetAddress source, long now)
    {
        var priority = advertisement.Priority;
        _actions.Enqueue(VrrpAction.Observe(VrrpNotice.HigherPriorityReceived, source, priority));
        if (_options.HigherPrioritySendAdvertisement)
            Send(EffectivePriority, VrrpAdvertisementReason.YieldingToHigherPriority, now);
        if (_options.Version == VrrpVersion.V3)
            MasterInterval = advertisement.Interval;
        MasterAddress = source;
        MasterPriority = priority;
        _sequenceIsUsedUp = false;
        LeaveMaster(VrrpState.Backup, VrrpStateReason.HigherPriority, resign: false, now);
        WantedState = VrrpState.Backup;
        SyncGroup?.FollowToBackup(this, isLoss: false, now);
    }

    /// <summary>
    /// Whether an advert of another router is answered: some at once, as many in each of our intervals. Everybody hears an answer, so that
    /// more would tell nobody anything, and a flood must not make us flood the network. What is not answered does not touch the timer.
    /// </summary>
    private bool MayAnswer(long now) => IsWithin(ref _nextAnswer, _ownInterval / AnswersInAnInterval, AnswersInAnInterval, now);

    private void AssertMastership(InetAddress source, byte priority, long now)
    {
        Observe(VrrpNotice.LowerPriorityReceived, source, priority);
        SkipSequence();
        if (!MayAnswer(now))
            return;
        if (!_options.LowerPriorityNoAdvertisement)
        {
            Send(EffectivePriority, VrrpAdvertisementReason.LowerPriorityReceived, now);
            Arm(_ownInterval, now);
        }

        AnnounceAfterLowerPriority(now);
        _actions.Enqueue(VrrpAction.LowerPriorityReceived(source, priority));
        SyncGroup?.FollowLowerPriority(this, now);
    }
}
