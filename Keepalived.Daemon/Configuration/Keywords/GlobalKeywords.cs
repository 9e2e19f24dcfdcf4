using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>global_defs</c>: identity, mail, configuration files, dumps.</summary>
internal static partial class GlobalKeywords
{
    // Accessing the block must run the initialisers of all keywords in it, in whatever file they stand.
    static GlobalKeywords()
    {
    }

    public static KeywordBlock Block => GlobalBlock.Instance;

    public static readonly Keyword<string> RouterId = Block.Add("router_id", Word("NAME"), "The name of this machine in mails and SNMP.",
        fallback: "the host's name", since: "1.1.8", without: WithoutParameter.Error);

    public static readonly Keyword<List<string>> NotificationEmail = Block.Add("notification_email", new MailList(), "Who gets the mails.",
        since: "1.0");

    public static readonly Keyword<string> NotificationEmailFrom = Block.Add(
        "notification_email_from", new WordSyntax("ADDRESS", onlyOne: true),
        "The sender of the mails.", fallback: "user@host", since: "1.0", without: WithoutParameter.Error);

    public static readonly Keyword<(string Host, int Port)> SmtpServer = Block.Add(
        "smtp_server", new HostSyntax(), "The mail server; without one there is no mail.",
        since: "1.0");

    public static readonly Keyword<string> SmtpHeloName = Block.Add("smtp_helo_name", Word("NAME"), "The name in the HELO of mails.",
        fallback: "the host's name", since: "1.2.20", without: WithoutParameter.Ignored);

    public static readonly Keyword<uint> SmtpConnectTimeout = Block.Add("smtp_connect_timeout",
        new CustomSyntax<uint>("1..4294", static (ValueReader reader, uint _, out uint value) =>
        {
            if (!Delay.TryRead(reader, 1, out value))
                return false;
            if (value == 0)
            {
                value = 1;
                reader.InvalidNumber(1, "0 is out of range; 1 is used", "a number from 1 to 4294");
            }

            return true;
        }),
        "How long connecting to the mail server, and each of its replies, may take.", 30u, "30", "s", since: "1.0");

    public static readonly Keyword<bool?> SmtpAlert = Block.Add(
        "smtp_alert", OptionalBool, "Whether events are mailed where nothing nearer says so.",
        since: "2.0");

    public static readonly Keyword<bool?> SmtpAlertVrrp = Block.Add(
        "smtp_alert_vrrp", OptionalBool, "The same for VRRP instances.", since: "2.0");

    public static readonly Keyword<bool?> SmtpAlertChecker = Block.Add(
        "smtp_alert_checker", OptionalBool, "The same for checkers.", since: "2.0");

    public static readonly Keyword<bool> CheckerLogAllFailures = Block.Add("checker_log_all_failures", Bool,
        "Log each failed check, not only changes of state.", since: "2.0.11");

    public static readonly Keyword<bool> SharedProbes = Block.Add("shared_probes", Bool,
        "Make checks that say the same, of whatever virtual servers, once for all; an addition of this version.", since: "2.4.4");

    public static readonly Keyword<bool> NoEmailFaults = Block.Add(
        "no_email_faults", Flag, "Send no mail for faults.", since: "2.0");

    public static readonly Keyword<bool> NoCheckerEmails = Block.Add("no_checker_emails", Bool,
        "Mail only when a real server goes up or down, not for each of its checkers.", since: "2.0");

    public static readonly Keyword<bool> RsInitNotifies = Block.Add(
        "rs_init_notifies", Bool, "Run the notify scripts of real servers at the start.",
        since: "2.0");

    public static readonly Keyword<int> Umask = Block.Add(
        "umask", new UmaskSyntax(), "The mask of file permissions.", 0b001_111_111, "0177", since: "2.0.9");

    public static readonly Keyword<uint> RandomSeed = Block.Add("random_seed", new CustomSyntax<uint>("0..4294967295",
        static (ValueReader reader, uint _, out uint value) =>
        {
            if (!StrictCount.TryRead(reader, 1, out value))
                return false;
            reader.Context.Reader.Predefined.SetSeed(value);
            return true;
        }),
        "Makes _RANDOM repeatable from here on.", fallback: "the clock", since: "2.0.15", directive: true);

    public static readonly Keyword<string> ReloadCheckConfig = Block.Add("reload_check_config", OptionalWord("LOGFILE", "/dev/null"),
        "Check the configuration before each reload, and refuse a faulty one.", since: "2.2.0");

    public static readonly Keyword<string> ReloadTimeFile = Block.Add(
        "reload_time_file", PathName, "The file that says when to reload.", since: "2.1", without: WithoutParameter.Error);

    public static readonly Keyword<bool> ReloadRepeat = Block.Add(
        "reload_repeat", Flag, "Keep the time file: reload every day.", since: "2.1");

    public static readonly Keyword<string> ReloadFile = Block.Add("reload_file", OptionalWord("PATH", string.Empty),
        "A file that is there while the configuration is read.", since: "2.2.0");

    public static readonly Keyword<bool> IncludeCheck = Block.Add(
        "include_check", new IncludeCheckSyntax(), "Which problems of includes are errors.",
        since: "2.2.0", directive: true);

    public static readonly Keyword<string> ConfigSaveDir = Block.Add(
        "config_save_dir", PathName, "Where copies of the configuration are kept at each reload.",
        since: "2.2.3");

    public static readonly Keyword<string> TmpConfigDirectory = Block.Add("tmp_config_directory", Word("DIRECTORY"),
        "Where the copy for the children is kept; here it is always memory.", since: "2.2.0", without: WithoutParameter.Error,
        repeat: Repetition.FirstWins, active: Accepted);

    public static readonly Keyword<bool> DataUseInstance = Block.Add(
        "data_use_instance", Bool, "Put namespace and instance into the names of dump files.", since: "2.2.3");

    public static readonly Keyword<int> JsonVersion = Block.Add(
        "json_version", Int(1, 2), "The layout of the JSON dump.", 1, since: "2.2.8", without: WithoutParameter.Error);

    public static readonly Keyword<string> IprouteUsrDir = Block.Add(
        "iproute_usr_dir", PathName, "Where the name tables of iproute2 are.", "/usr/share/iproute2",
        since: "2.3.2", without: WithoutParameter.Error);

    public static readonly Keyword<string> IprouteEtcDir = Block.Add(
        "iproute_etc_dir", PathName, "Where the local name tables of iproute2 are.", "/etc/iproute2",
        since: "2.3.2", without: WithoutParameter.Error);

    public static readonly Keyword<string> StateDumpFile = Block.Add(
        "state_dump_file", PathName, "The file of the state dump.", since: "2.3.3", without: WithoutParameter.Error);

    public static readonly Keyword<string> StatsDumpFile = Block.Add(
        "stats_dump_file", PathName, "The file of the statistics dump.", since: "2.3.3", without: WithoutParameter.Error);

    public static readonly Keyword<string> JsonDumpFile = Block.Add(
        "json_dump_file", PathName, "The file of the JSON dump.", since: "2.3.3", without: WithoutParameter.Error);

    private static CustomSyntax<string> OptionalWord(string description, string fallback, int maxLength = int.MaxValue) => new($"[{description}]",
        (ValueReader reader, string? _, out string value) =>
        {
            value = reader.Count > 1 ? reader.Text(1) : fallback;
            if (reader.Count > 1 && reader[1].Length > maxLength)
            {
                reader.Invalid(1, "the name is too long; it is ignored", $"at most {maxLength} bytes");
                return false;
            }

            return true;
        }, WithoutParameter.Fine);
}
