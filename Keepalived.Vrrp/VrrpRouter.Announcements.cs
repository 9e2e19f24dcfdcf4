using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>When a master announces its addresses. All of it ends with mastership.</summary>
public sealed partial class VrrpRouter
{
    private long _secondBurst = Never;
    private long _refresh = Never;
    private long _lowerPriorityBurst = Never;
    private long _extra = Never;

    private long NextAnnouncement => Math.Min(Math.Min(_secondBurst, _refresh), Math.Min(_lowerPriorityBurst, _extra));

    private void ScheduleAnnouncements(long now)
    {
        var schedule = _options.Announcements;
        Announce(schedule.Repeat, VrrpAnnouncementReason.BecameMaster);
        _secondBurst = After(schedule.Delay, now);
        ScheduleRefresh(now);
    }

    private void RescheduleAnnouncements(bool addressesAdded, long now)
    {
        var schedule = _options.Announcements;
        if (addressesAdded || schedule.Refresh > TimeSpan.Zero)
            Announce(schedule.Repeat, VrrpAnnouncementReason.Reconfigured);
        if (addressesAdded)
            _secondBurst = After(schedule.Delay, now);
        ScheduleRefresh(now);
    }

    internal void AnnounceAfterLowerPriority(long now)
    {
        var schedule = _options.Announcements;
        if (schedule.LowerPriorityRepeat == 0)
            return;
        Announce(schedule.LowerPriorityRepeat, VrrpAnnouncementReason.LowerPriorityReceived);
        _lowerPriorityBurst = After(schedule.LowerPriorityDelay, now);
    }

    private void HandleAnnouncements(long now)
    {
        var schedule = _options.Announcements;
        if (now >= _secondBurst)
        {
            _secondBurst = Never;
            Announce(schedule.Repeat, VrrpAnnouncementReason.Repeated);
        }

        if (now >= _lowerPriorityBurst)
        {
            _lowerPriorityBurst = Never;
            Announce(schedule.LowerPriorityRepeat, VrrpAnnouncementReason.LowerPriorityRepeated);
        }

        if (now >= _refresh)
        {
            _refresh = Next(_refresh, schedule.Refresh, now);
            Announce(schedule.RefreshRepeat, VrrpAnnouncementReason.Refresh);
        }

        if (now >= _extra)
        {
            _extra = Next(_extra, schedule.ExtraInterval, now);
            Announce(1, VrrpAnnouncementReason.ExtraInterfaces);
        }
    }

    private void CancelAnnouncements() => _secondBurst = _refresh = _lowerPriorityBurst = _extra = Never;

    private void ScheduleRefresh(long now)
    {
        var schedule = _options.Announcements;
        _refresh = schedule.Refresh > TimeSpan.Zero ? now + MonotonicClock.FromTimeSpan(schedule.Delay + schedule.Refresh) : Never;
        _extra = schedule.ExtraInterval > TimeSpan.Zero ? now + MonotonicClock.FromTimeSpan(schedule.Delay + schedule.ExtraInterval) : Never;
    }

    private static long Next(long deadline, TimeSpan interval, long now)
    {
        var period = MonotonicClock.FromTimeSpan(interval);
        return now - deadline < period ? deadline + period : now + period;
    }

    private void Announce(int rounds, VrrpAnnouncementReason reason) => _actions.Enqueue(VrrpAction.AnnounceAddresses(rounds, reason));

    private static long After(TimeSpan delay, long now) => delay > TimeSpan.Zero ? now + MonotonicClock.FromTimeSpan(delay) : Never;
}
