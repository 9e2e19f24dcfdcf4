using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Tracking, preemption, gratuitous ARP, notification.</summary>
internal static partial class VrrpInstanceKeywords
{
    public static readonly Keyword<bool> DontTrackPrimary = Block.Add("dont_track_primary", Flag, "Ignore the state of the own interface.");

    public static readonly TrackKeywords Tracking = new(Block);

    public static readonly Keyword<bool> Accept = Block.Add(
        "accept", new AcceptSyntax(true), "Accept packets to the addresses though not their owner.", fallback: "on unless strict");

    public static readonly Keyword<bool> NoAccept = Block.Add(
        "no_accept", new AcceptSyntax(false), "Drop packets to the addresses unless their owner.");

    public static readonly Keyword<bool?> SkipCheckAdvAddr = Block.Add("skip_check_adv_addr", OptionalBool,
        "Compare the addresses of adverts from the same master once only.", fallback: "vrrp_skip_check_adv_addr");

    public static readonly Keyword<bool?> StrictMode = Block.Add(
        "strict_mode", OptionalBool, "Conform strictly to the RFC.", fallback: "vrrp_strict");

    public static readonly Keyword<bool> Preempt = Block.Add("preempt", Flag, "Take over from a master of lower priority.", fallback: "on");

    public static readonly Keyword<bool> NoPreempt = Block.Add("nopreempt", Flag, "Leave a master of lower priority in place.");

    public static readonly Keyword<TimeSpan> PreemptDelay = Block.Add("preempt_delay", new DecimalSyntax(0, 1_000_000_000),
        "How long a master of lower priority is left in place.", TimeSpan.Zero);

    public static readonly Keyword<int> TimerExpiredBackup = Block.Add(
        "timer_expired_backup", OptionalPriority,
        "As master that wakes up so late that a router of this priority must have taken over, step back; needs nopreempt.",
        fallback: "off; without a number 254", since: "2.2.8");

    public static readonly Keyword<int> ThreadTimerExpired = Block.Add(
        "thread_timer_expired", OptionalPriority, "The other name of timer_expired_backup.",
        since: "2.3.2", replacedBy: "timer_expired_backup");

    public static readonly Keyword<int> DownTimerAdverts = Block.Add(
        "down_timer_adverts", Int(1, 100), "Adverts missed before the master is down.",
        fallback: "vrrp_down_timer_adverts", since: "2.2.3");

    public static readonly Keyword<bool?> HigherPrioSendAdvert = Block.Add("higher_prio_send_advert", OptionalBool,
        "Send one advert before yielding to a higher priority.", fallback: "vrrp_higher_prio_send_advert");

    public static readonly Keyword<bool?> LowerPrioNoAdvert = Block.Add("lower_prio_no_advert", OptionalBool,
        "Answer no adverts of lower priority.", fallback: "vrrp_lower_prio_no_advert");

    public static readonly Keyword<bool?> OwnerIgnoreAdverts = Block.Add("owner_ignore_adverts", OptionalBool,
        "The owner of the addresses drops adverts.", fallback: "vrrp_owner_ignore_adverts", since: "2.3.3");

    public static readonly Keyword<bool?> DriftRepair = Block.Add("drift_repair", OptionalBool,
        "As master, put back addresses, routes and rules that somebody else deletes.", fallback: "vrrp_drift_repair");

    public static readonly Keyword<uint> GarpMasterDelay = Block.Add("garp_master_delay", Delay,
        "When gratuitous ARP is sent a second time after becoming master; 0: not at all.", fallback: "vrrp_garp_master_delay");

    public static readonly Keyword<uint> GarpMasterRepeat = Block.Add(
        "garp_master_repeat", AtLeastOne(), "Gratuitous ARPs each time.", fallback: "vrrp_garp_master_repeat");

    public static readonly Keyword<uint> GarpMasterRefresh = Block.Add(
        "garp_master_refresh", new NumberSyntax<uint>(0, uint.MaxValue, lenient: true, unit: "s"),
        "The period of gratuitous ARP while master; 0: none.", fallback: "vrrp_garp_master_refresh");

    public static readonly Keyword<uint> GarpMasterRefreshRepeat = Block.Add(
        "garp_master_refresh_repeat", AtLeastOne(), "Gratuitous ARPs each period.",
        fallback: "vrrp_garp_master_refresh_repeat");

    public static readonly Keyword<uint> GarpLowerPrioDelay = Block.Add(
        "garp_lower_prio_delay", Delay, "The second time after an advert of lower priority.",
        fallback: "vrrp_garp_lower_prio_delay; 0 if strict");

    public static readonly Keyword<uint> GarpLowerPrioRepeat = Block.Add(
        "garp_lower_prio_repeat", new NumberSyntax<uint>(0, int.MaxValue, lenient: true),
        "Gratuitous ARPs each time after an advert of lower priority.", fallback: "vrrp_garp_lower_prio_repeat; 0 if strict");

    public static readonly Keyword<(TimeSpan Interval, bool All)> GarpExtraIf = Block.Add("garp_extra_if", ExtraInterval(0),
        "The period of gratuitous ARP on further interfaces that carry addresses.", fallback: "vrrp_garp_extra_if", since: "2.2.3",
        without: WithoutParameter.Error);

    public static readonly Keyword<(TimeSpan Interval, bool All)> VmacGarpIntvl = Block.Add("vmac_garp_intvl", ExtraInterval(0),
        "The old name of garp_extra_if.", replacedBy: "garp_extra_if", deprecationIsFault: true, without: WithoutParameter.Error);

    public static readonly Keyword<uint> KernelRxBufSize = Block.Add(
        "kernel_rx_buf_size", new NumberSyntax<uint>(0, uint.MaxValue, unit: "bytes"),
        "The receive buffer that this instance asks for.", fallback: "by vrrp_rx_bufs_policy", without: WithoutParameter.Error);

    public static readonly NotifyKeywords Notifications = new(Block, isInstance: true);

    public static readonly Keyword<ScriptCommand> NotifyDeleted = Block.Add("notify_deleted", new ScriptSyntax(optional: true),
        "Report an instance that a reload removes as DELETED instead of FAULT.");

    public static readonly Keyword<ScriptCommand> NotifyMasterRxLowerPri = Block.Add("notify_master_rx_lower_pri", Script,
        "Run when a master receives an advert of lower priority.", repeat: Repetition.FirstWins);

    public static readonly Keyword<bool?> NotifyPriorityChanges = Block.Add("notify_priority_changes", OptionalBool,
        "Write changes of priority to the FIFOs.", fallback: "vrrp_notify_priority_changes");

    public static readonly Keyword<bool?> SmtpAlert = Block.Add(
        "smtp_alert", OptionalBool, "Mail changes of state.", fallback: "smtp_alert_vrrp, smtp_alert");

    private static CustomSyntax<int> OptionalPriority => new("[1..254]", static (ValueReader reader, int _, out int value) =>
    {
        value = 254;
        return reader.Count == 1 || new NumberSyntax<int>(1, 254).TryRead(reader, 1, out value);
    }, WithoutParameter.Fine);
}
