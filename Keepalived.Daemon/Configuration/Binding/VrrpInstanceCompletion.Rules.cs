using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.VrrpInstanceKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>State, priority, preemption, timing.</summary>
internal sealed partial class VrrpInstanceCompletion
{
    private const long MaxIntervalVersion3 = 4095;

    private (bool IsMaster, int Priority) StateAndPriority(BlockValues values, bool strict)
    {
        var isMaster = values.Get(State);
        var priority = values.Has(Priority) ? values.Get(Priority) : isMaster ? OwnerPriority : DefaultPriority;
        if (!values.Has(State))
            isMaster = priority == OwnerPriority;
        if (!strict || isMaster == (priority == OwnerPriority))
            return (isMaster, priority);
        Error(values.LocationOf(State), DiagnosticCodes.Conflict,
            isMaster ? "strict: only the owner, with priority 255, starts as master; BACKUP is used"
            : "strict: priority 255 starts as master; MASTER is used");
        return (!isMaster, priority);
    }

    private TimeSpan AdvertInterval(BlockValues values, int version)
    {
        var wanted = values.Get(AdvertInt);
        TimeSpan used;
        if (version == 2)
        {
            used = TimeSpan.FromSeconds(Math.Clamp(Math.Round(wanted.TotalSeconds, MidpointRounding.AwayFromZero), 1, 255));
        }
        else
        {
            const long centisecond = TimeSpan.TicksPerMillisecond * 10;
            used = TimeSpan.FromTicks(Math.Clamp((wanted.Ticks + (centisecond / 2)) / centisecond, 1, MaxIntervalVersion3) * centisecond);
        }

        if (used != wanted)
        {
            Error(values.LocationOf(AdvertInt), DiagnosticCodes.Adjusted,
                $"advert_int {wanted.TotalSeconds} does not fit version {version}; {used.TotalSeconds} is used",
                version == 2 ? "whole seconds from 1 to 255" : "multiples of 0.01 up to 40.95");
        }

        return used;
    }

    private bool NoPreemption(BlockValues values, bool isMaster, bool isOwner)
    {
        var wanted = values.Get(NoPreempt) && !values.Get(Preempt);
        if (!wanted || !(isMaster || isOwner))
            return wanted;
        Error(values.LocationOf(NoPreempt), DiagnosticCodes.Conflict, isOwner ? "nopreempt means nothing with priority 255; it is ignored"
            : "nopreempt contradicts state MASTER; it is ignored");
        return false;
    }

    private TimeSpan PreemptionDelay(BlockValues values, bool strict, bool isMaster, bool noPreempt)
    {
        var delay = values.Get(PreemptDelay);
        if (delay == TimeSpan.Zero || !(strict || isMaster || noPreempt))
            return delay;
        Error(values.LocationOf(PreemptDelay), DiagnosticCodes.Conflict,
            $"preempt_delay contradicts {(strict ? "strict mode" : noPreempt ? "nopreempt" : "state MASTER")}; it is ignored");
        return TimeSpan.Zero;
    }

    private byte? LateTimer(BlockValues values, bool noPreempt)
    {
        var keyword = values.Has(TimerExpiredBackup) ? TimerExpiredBackup : ThreadTimerExpired;
        if (!values.Has(keyword))
            return null;
        if (noPreempt)
            return (byte)values.Get(keyword);
        context.Remark(values.LocationOf(keyword), DiagnosticCodes.Conflict, $"{keyword.Name} needs nopreempt; it is ignored");
        return null;
    }

    private int DownAdverts(BlockValues values, bool strict)
    {
        var adverts = values.Has(DownTimerAdverts) ? values.Get(DownTimerAdverts) : _defaults.DownTimerAdverts;
        if (!strict || adverts == 3)
            return adverts;
        Error(values.LocationOf(DownTimerAdverts), DiagnosticCodes.Conflict,
            $"strict: {adverts} adverts are not allowed before the master is down; 3 is used");
        return 3;
    }

    private bool HigherSends(BlockValues values, bool strict)
    {
        var wanted = values.Get(HigherPrioSendAdvert);
        if (strict && wanted == true)
            Error(values.LocationOf(HigherPrioSendAdvert), DiagnosticCodes.Conflict,
                "strict: higher_prio_send_advert is not allowed; it is ignored");
        return !strict && (wanted ?? _defaults.HigherPrioritySendAdvert);
    }

    private bool LowerSilent(BlockValues values, bool strict)
    {
        var wanted = values.Get(LowerPrioNoAdvert);
        if (strict && wanted == false)
            Error(values.LocationOf(LowerPrioNoAdvert), DiagnosticCodes.Conflict, "strict: lower_prio_no_advert cannot be off; it is on");
        return strict || (wanted ?? _defaults.LowerPriorityNoAdvert ?? false);
    }

    private bool OwnerIgnores(BlockValues values, bool strict, bool isOwner)
    {
        var wanted = values.Get(OwnerIgnoreAdverts);
        if (isOwner)
            return wanted ?? (strict || _defaults.OwnerIgnoreAdverts);
        if (wanted == true)
            Error(values.LocationOf(OwnerIgnoreAdverts), DiagnosticCodes.Conflict,
                "owner_ignore_adverts needs priority 255; it is ignored");
        return false;
    }

    private bool Accepts(BlockValues values, bool strict, int version, bool isOwner)
    {
        if (isOwner)
            return true;
        if (!strict)
            return !values.Get(NoAccept);
        if (values.Get(Keywords.VrrpInstanceKeywords.Accept) && version == 2)
            Error(values.LocationOf(Keywords.VrrpInstanceKeywords.Accept), DiagnosticCodes.Conflict,
                "strict: version 2 has no accept; it is ignored");
        return values.Get(Keywords.VrrpInstanceKeywords.Accept) && version == 3;
    }

    private GarpConfiguration Garp(BlockValues values, bool strict)
    {
        var standard = _defaults.Garp;
        var delay = values.Has(GarpMasterDelay) ? Syntaxes.Seconds(values.Get(GarpMasterDelay)) : standard.MasterDelay;
        var repeat = values.Has(GarpMasterRepeat) ? values.Get(GarpMasterRepeat) : standard.MasterRepeat;
        var (interval, all) = values.Has(GarpExtraIf) ? values.Get(GarpExtraIf) : values.Has(VmacGarpIntvl) ? values.Get(VmacGarpIntvl)
            : (standard.ExtraInterfaceInterval, standard.ExtraInterfaceAll);
        if (strict && ((values.Has(GarpLowerPrioDelay) && values.Get(GarpLowerPrioDelay) > 0)
            || (values.Has(GarpLowerPrioRepeat) && values.Get(GarpLowerPrioRepeat) > 0)))
            Error(values.LocationOf(values.Has(GarpLowerPrioRepeat) ? GarpLowerPrioRepeat : GarpLowerPrioDelay), DiagnosticCodes.Conflict,
                "strict: no gratuitous ARP after an advert of lower priority; it is ignored");
        var garp = new GarpConfiguration
        {
            MasterDelay = delay,
            MasterRepeat = repeat,
            MasterRefresh = values.Has(GarpMasterRefresh) ? Syntaxes.Seconds(values.Get(GarpMasterRefresh)) : standard.MasterRefresh,
            MasterRefreshRepeat = values.Has(GarpMasterRefreshRepeat) ? values.Get(GarpMasterRefreshRepeat) : standard.MasterRefreshRepeat,
            LowerPriorityDelay = strict ? TimeSpan.Zero : values.Has(GarpLowerPrioDelay) ? Syntaxes.Seconds(values.Get(GarpLowerPrioDelay))
                : context.Global.Has(GlobalKeywords.VrrpGarpLowerPrioDelay) ? standard.LowerPriorityDelay : delay,
            LowerPriorityRepeat = strict ? 0 : values.Has(GarpLowerPrioRepeat) ? values.Get(GarpLowerPrioRepeat)
                : context.Global.Has(GlobalKeywords.VrrpGarpLowerPrioRepeat) ? standard.LowerPriorityRepeat : repeat,
            ExtraInterfaceInterval = interval,
            ExtraInterfaceAll = all,
        };
        return garp == standard ? standard : garp;
    }

    private NotifyScripts Notify(BlockValues values)
    {
        var scripts = NotifyCompletion.Complete(checker, values, Notifications);
        return !values.Has(NotifyDeleted) && !values.Has(NotifyMasterRxLowerPri) ? scripts : scripts with
        {
            Deleted = checker.Check(values.Get(NotifyDeleted)),
            ReportDeleted = values.Has(NotifyDeleted),
            MasterReceivedLowerPriority = checker.Check(values.Get(NotifyMasterRxLowerPri)),
        };
    }

    private TrackReferences Tracked(BlockValues values, TrackableScripts scripts)
    {
        var tracked = TrackedCompletion.References(values, Tracking);
        return tracked.Scripts.IsEmpty ? tracked : tracked with { Scripts = Scripts(tracked.Scripts, scripts) };
    }

    // Scripts must have been defined before the instance. One that cannot be run was reported, and is tracked no more.
    private EquatableArray<TrackReference> Scripts(EquatableArray<TrackReference> references, TrackableScripts scripts)
    {
        List<TrackReference> kept = [];
        foreach (var reference in references)
        {
            if (!scripts.IsKnown(reference.Name))
            {
                Error(reference.Position.Location, DiagnosticCodes.UnknownName,
                    $"there is no vrrp_script {reference.Name} before this instance",
                    scripts.CanRun(reference.Name) ? "the vrrp_script before the instances that track it" : "the name of a vrrp_script");
            }
            else if (scripts.CanRun(reference.Name))
            {
                kept.Add(reference);
            }
        }

        return EquatableArray.From(kept);
    }

    // Files and processes that nothing defines, and the router's own interface, which is tracked anyway.
    private void CheckTracked(BlockValues values)
    {
        if (values.Get(Tracking.Interfaces) is { } interfaces)
            LeaveOutOwn(values, interfaces);
        LeaveOutUnknown(values, Tracking.Files, RootKeywords.TrackFile);
        LeaveOutUnknown(values, Tracking.Processes, RootKeywords.VrrpTrackProcess);
    }

    private void LeaveOutOwn(BlockValues values, List<TrackReference> interfaces)
    {
        var own = interfaces.Find(reference => reference.Name == values.Get(Interface));
        if (own is null)
            return;
        interfaces.Remove(own);
        Error(own.Position.Location, DiagnosticCodes.Conflict,
            $"{own.Name} is the router's own interface, which is tracked unless dont_track_primary says otherwise");
    }

    private void LeaveOutUnknown(BlockValues values, Keyword<List<TrackReference>> keyword, Keyword kind)
    {
        if (values.Get(keyword) is { } references)
            references.RemoveAll(IsUnknown);

        bool IsUnknown(TrackReference reference)
        {
            if (context.Exists(kind, reference.Name))
                return false;
            Error(reference.Position.Location, DiagnosticCodes.UnknownName, $"there is no {kind.Name} {reference.Name}; it is not tracked");
            return true;
        }
    }

    private void Error(SourceLocation location, DiagnosticCode code, string message, string? expected = null) =>
        context.Error(location, code, $"vrrp_instance {_name}: {message}", expected);

    private void Fatal(SourceLocation location, DiagnosticCode code, string message, string? expected = null) =>
        context.Fatal(location, code, $"vrrp_instance {_name}: {message}", expected);

    private void Remark(SourceLocation location, DiagnosticCode code, string message) =>
        context.Remark(location, code, $"vrrp_instance {_name}: {message}");
}
