using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Scripts and notify FIFOs.</summary>
internal static partial class GlobalKeywords
{
    public static readonly Keyword<ScriptCommand> StartupScript = Block.Add("startup_script", Script,
        "Run before the children start.", since: "2.1", without: WithoutParameter.Error, repeat: Repetition.FirstWins);

    public static readonly Keyword<ScriptCommand> ShutdownScript = Block.Add("shutdown_script", Script,
        "Run after the children have ended.", since: "2.1", without: WithoutParameter.Error, repeat: Repetition.FirstWins);

    public static readonly Keyword<uint> StartupScriptTimeout = Block.Add(
        "startup_script_timeout", new NumberSyntax<uint>(1, 1000, lenient: true, unit: "s"),
        "How long it may take.", 10u, since: "2.1", without: WithoutParameter.Error);

    public static readonly Keyword<uint> ShutdownScriptTimeout = Block.Add(
        "shutdown_script_timeout", new NumberSyntax<uint>(1, 1000, lenient: true, unit: "s"),
        "How long it may take.", 10u, since: "2.1", without: WithoutParameter.Error);

    public static readonly Keyword<bool> ScriptUserName = Block.Add("script_user", new CustomSyntax<bool>("USER [[:]GROUP]",
        static (ValueReader reader, bool _, out bool value) => value = reader.Context.ScriptUsers.SetDefault(reader),
        WithoutParameter.Error),
        "Who the scripts from here on run as, where they do not say.",
        fallback: "keepalived_script if there is such a user, else the daemon's own", since: "1.3");

    public static readonly Keyword<bool> EnableScriptSecurity = Block.Add("enable_script_security", new CustomSyntax<bool>(string.Empty,
        static (ValueReader reader, bool _, out bool value) => value = reader.Context.ScriptUsers.Security = true, WithoutParameter.Fine),
        "Run no script as root that others than root can change.", since: "1.3");

    public static readonly Keyword<bool> UseSymlinkPaths = Block.Add(
        "use_symlink_paths", Bool, "Execute scripts by the path as configured, symbolic links unresolved.", since: "2.3.0");

    public static readonly Keyword<bool> SetSupplementaryGroups = Block.Add("set_supplementary_groups", new CustomSyntax<bool>("[on|off]",
        static (ValueReader reader, bool _, out bool value) =>
        {
            if (!Bool.TryRead(reader, false, out value))
                return false;
            reader.Context.ScriptUsers.SupplementaryGroups = value;
            return true;
        }, WithoutParameter.Fine),
        "Give scripts the supplementary groups of their user.", since: "2.4.4");

    public static readonly FifoKeywords NotifyFifo = new("notify", "all", Active);

    public static readonly FifoKeywords VrrpNotifyFifo = new("vrrp_notify", "VRRP", Active);

    public static readonly FifoKeywords LvsNotifyFifo = new("lvs_notify", "IPVS", Active);

    public static readonly Keyword<bool> VrrpNotifyPriorityChanges = Block.Add("vrrp_notify_priority_changes", Bool,
        "Write changes of priority to the FIFOs, where instances do not say.", since: "2.0.16");

    public static readonly Keyword<bool> FifoWriteVrrpStatesOnReload = Block.Add("fifo_write_vrrp_states_on_reload", Flag,
        "Write all states to the FIFOs again after a reload.", since: "2.2.5");

    /// <summary>The keywords that each of the three FIFOs has.</summary>
    internal sealed class FifoKeywords(string prefix, string title, KeywordStatus status)
    {
        public Keyword<FifoCommand> Fifo { get; } = Block.Add(
            $"{prefix}_fifo", new FifoSyntax(), $"The FIFO that {title} events are written to.",
            since: "1.3.6", without: WithoutParameter.Error, repeat: Repetition.FirstWins, active: status);

        public Keyword<ScriptCommand> FifoScript { get; } = Block.Add($"{prefix}_fifo_script", Script,
            "The script that reads it; the FIFO's path is its last argument.", since: "1.3.6", without: WithoutParameter.Error,
            repeat: Repetition.FirstWins, active: status);
    }
}
