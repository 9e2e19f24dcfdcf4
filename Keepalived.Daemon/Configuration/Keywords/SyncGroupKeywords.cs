using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>vrrp_sync_group</c>.</summary>
internal static class SyncGroupKeywords
{
    public static readonly KeywordBlock Block = new("vrrp_sync_group");

    public static readonly Keyword<List<string>> Group = Block.Add(
        "group", new WordListSyntax("group", "INSTANCE"), "The members.", repeat: Repetition.FirstWins);

    public static readonly TrackKeywords Tracking = new(Block);

    public static readonly NotifyKeywords Notifications = new(Block, isInstance: false);

    public static readonly Keyword<bool?> SmtpAlert = Block.Add(
        "smtp_alert", OptionalBool, "Mail changes of state.", fallback: "smtp_alert_vrrp, smtp_alert");

    public static readonly Keyword<bool> TrackingWeight = Block.Add(
        "sync_group_tracking_weight", Flag, "Members keep the weights of what they track.");

    public static readonly Keyword<bool> GlobalTracking = Block.Add("global_tracking", Flag, "The old name of sync_group_tracking_weight.",
        replacedBy: "sync_group_tracking_weight", deprecationIsFault: true);

    public static readonly Keyword<bool?> NotifyPriorityChanges = Block.Add(
        "notify_priority_changes", OptionalBool, "Write changes of members' priorities to the FIFOs.",
        fallback: "vrrp_notify_priority_changes");
}
