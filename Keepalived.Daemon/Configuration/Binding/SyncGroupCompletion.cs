using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.SyncGroupKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the records of <c>vrrp_sync_group</c>s.</summary>
internal sealed class SyncGroupCompletion(BindContext context, ScriptChecker checker, List<VrrpInstanceConfiguration> instances)
{
    private readonly Dictionary<string, VrrpInstanceConfiguration> _instances = instances.ToDictionary(static instance => instance.Name);
    private readonly HashSet<string> _grouped = [];

    /// <summary>The record; null, reported, if there can be none.</summary>
    public VrrpSyncGroupConfiguration? Complete(BlockValues values)
    {
        if (values.Get(Group) is not { Count: > 0 } names)
        {
            context.Error(values.Location, DiagnosticCodes.MissingKeyword, $"vrrp_sync_group {values.Name} has no members; it is left out",
                "group { INSTANCE ... }");
            return null;
        }

        var members = new List<string>();
        foreach (var name in names)
        {
            if (!_instances.ContainsKey(name))
                context.Error(values.LocationOf(Group), DiagnosticCodes.UnknownName,
                    $"vrrp_sync_group {values.Name}: there is no vrrp_instance {name}");
            else if (!_grouped.Add(name))
                context.Error(values.LocationOf(Group), DiagnosticCodes.Duplicate,
                    $"vrrp_sync_group {values.Name}: {name} is in a group already");
            else
                members.Add(name);
        }

        if (members.Count == 0)
            return null;

        CheckTracked(values, members);
        if (members.Count == 1)
            context.Error(values.LocationOf(Group), DiagnosticCodes.Conflict, $"vrrp_sync_group {values.Name} has one member only",
                "two instances or more");
        return new VrrpSyncGroupConfiguration
        {
            Name = values.Name,
            Position = values.Location,
            Members = EquatableArray.From(members),
            Tracked = TrackedCompletion.References(values, Tracking),
            TrackingWeight = values.Get(TrackingWeight) || values.Get(GlobalTracking),
            Notify = NotifyCompletion.Complete(checker, values, Notifications),
            NotifyPriorityChanges = values.Get(NotifyPriorityChanges),
            SmtpAlert = values.Get(SmtpAlert) ?? context.Global.Get(GlobalKeywords.SmtpAlertVrrp)
                ?? context.Global.Get(GlobalKeywords.SmtpAlert) ?? false,
        };
    }

    private void CheckTracked(BlockValues values, List<string> members)
    {
        Check(Tracking.Scripts, RootKeywords.VrrpScript);
        Check(Tracking.Files, RootKeywords.TrackFile);
        Check(Tracking.Processes, RootKeywords.VrrpTrackProcess);
        if (values.Get(Tracking.Interfaces) is not { } tracked)
            return;
        var own = members.Select(name => _instances[name].Interface).ToHashSet();
        foreach (var reference in tracked)
        {
            if (own.Contains(reference.Name))
                context.Error(values.LocationOf(Tracking.Interfaces), DiagnosticCodes.Conflict,
                    $"vrrp_sync_group {values.Name}: {reference.Name} is a member's own interface, which is tracked anyway");
        }

        void Check(Keyword<List<TrackReference>> keyword, Keyword kind)
        {
            foreach (var reference in values.Get(keyword) ?? [])
            {
                if (!context.Exists(kind, reference.Name))
                    context.Error(values.LocationOf(keyword), DiagnosticCodes.UnknownName,
                        $"vrrp_sync_group {values.Name}: there is no {kind.Name} {reference.Name}; it is not tracked");
            }
        }
    }
}
