namespace Keepalived.Daemon.CommandLine;

/// <summary>One option of the daemon.</summary>
/// <param name="Id">What it means.</param>
/// <param name="Short">Its letter, or NUL if it has only a long form.</param>
/// <param name="Long">Its long name, without the dashes.</param>
/// <param name="Argument">Whether it takes an argument.</param>
/// <param name="ArgumentName">The argument's name in the help; empty without one.</param>
/// <param name="Help">One line for the help.</param>
internal sealed record OptionSpecification(
    OptionId Id, char Short, string Long, OptionArgument Argument, string ArgumentName, string Help)
{
    /// <summary>All options, in the order of the help.</summary>
    public static IReadOnlyList<OptionSpecification> All { get; } =
    [
        With(OptionId.UseFile, 'f', "use-file", "FILE", "Read this configuration file (or glob pattern)"),
        Flag(OptionId.OnlyVrrp, 'P', "vrrp", "Run VRRP without health checkers"),
        Flag(OptionId.OnlyChecker, 'C', "check", "Run health checkers without VRRP"),
        Flag(OptionId.NoBfd, 'B', "no_bfd", "Do not run BFD"),
        Flag(OptionId.AllChildren, '\0', "all", "Start every child, with or without configuration for it"),
        Flag(OptionId.LogConsole, 'l', "log-console", "Log to the console too (with -n)"),
        Flag(OptionId.LogDetail, 'D', "log-detail", "Log in detail; twice for more"),
        With(OptionId.LogFacility, 'S', "log-facility", "0-7|local0-7|user|daemon", "Syslog facility (default daemon)"),
        Maybe(OptionId.LogFile, 'g', "log-file", "FILE", "Log to a file too (default TMP/keepalived.log)"),
        Flag(OptionId.FlushLogFile, '\0', "flush-log-file", "Flush the log file after each line"),
        Flag(OptionId.NoSyslog, 'G', "no-syslog", "Do not log to syslog"),
        With(OptionId.Umask, 'u', "umask", "MASK", "Umask for files and scripts, as a number up to 0777"),
        Flag(OptionId.ReleaseVips, 'X', "release-vips", "When virtual addresses are given up, remove them whoever added them"),
        Flag(OptionId.KeepVrrp, 'V', "dont-release-vrrp", "Keep virtual addresses and routes at stop"),
        Flag(OptionId.KeepIpvs, 'I', "dont-release-ipvs", "Keep IPVS services at stop"),
        Flag(OptionId.NoRespawn, 'R', "dont-respawn", "Stop instead of restarting a child that died"),
        Flag(OptionId.Foreground, 'n', "dont-fork", "Stay in the foreground"),
        Flag(OptionId.DumpConfiguration, 'd', "dump-conf", "Log configuration and state after the start and each reload"),
        With(OptionId.PidFile, 'p', "pid", "FILE", "Pid file of the supervisor"),
        With(OptionId.VrrpPidFile, 'r', "vrrp_pid", "FILE", "Pid file of the VRRP child"),
        With(OptionId.CheckersPidFile, 'c', "checkers_pid", "FILE", "Pid file of the checker child"),
        With(OptionId.BfdPidFile, 'b', "bfd_pid", "FILE", "Pid file of the BFD child"),
        Flag(OptionId.GenHash, 'T', "genhash", "Be genhash (must come first)"),
        Flag(OptionId.AddressMonitoring, 'a', "address-monitoring", "Log every address that comes or goes"),
        With(OptionId.Namespace, 's', "namespace", "NAME", "Run in this network namespace"),
        Flag(OptionId.AllConfiguration, 'e', "all-config", "Fail if an included file is missing"),
        With(OptionId.ConfigurationId, 'i', "config-id", "ID", "Identity for conditional lines (default the node name)"),
        Flag(OptionId.Snmp, 'x', "snmp", "Enable SNMP"),
        With(OptionId.SnmpAgentSocket, 'A', "snmp-agent-socket", "ADDR", "Address of the AgentX master"),
        Flag(OptionId.CoreDump, 'm', "core-dump", "Remove the limit on core dumps"),
        Maybe(OptionId.CoreDumpPattern, 'M', "core-dump-pattern", "PATTERN", "Also set the kernel's core pattern (default core)"),
        With(OptionId.SignalNumber, '\0', "signum", "NAME", "Print the number of STOP, RELOAD, DATA, STATS, STATS_CLEAR or JSON"),
        Maybe(OptionId.ConfigurationTest, 't', "config-test", "LOG_FILE", "Check the configuration, and exit"),
        With(OptionId.Format, '\0', "format", "text|json", "How -t says what it found"),
        Maybe(OptionId.ConfigurationHelp, '\0', "config-help", "KEYWORD", "Explain a keyword of the configuration, or all"),
        Flag(OptionId.ConfigurationSchema, '\0', "config-schema", "Print the schema of the configuration, for editors"),
        Flag(OptionId.IgnoreSigInt, '\0', "ignore-sigint", "Ignore SIGINT"),
        Flag(OptionId.Version, 'v', "version", "Show the version"),
        Flag(OptionId.Help, 'h', "help", "Show this help"),
    ];

    /// <summary>The option in messages: <c>-x (--snmp)</c>.</summary>
    public string Display => Short == '\0' ? $"--{Long}" : $"-{Short} (--{Long})";

    /// <summary>The specification of an option.</summary>
    public static OptionSpecification Of(OptionId id) => All.First(option => option.Id == id);

    private static OptionSpecification Flag(OptionId id, char letter, string name, string help) =>
        new(id, letter, name, OptionArgument.None, "", help);

    private static OptionSpecification With(OptionId id, char letter, string name, string argument, string help) =>
        new(id, letter, name, OptionArgument.Required, argument, help);

    private static OptionSpecification Maybe(OptionId id, char letter, string name, string argument, string help) =>
        new(id, letter, name, OptionArgument.Optional, argument, help);
}
