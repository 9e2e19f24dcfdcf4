namespace Keepalived.Daemon.CommandLine;

/// <summary>What the operator asked for on the command line. All processes of the daemon share one command line, hence these.</summary>
internal sealed record CommandLineOptions
{
    /// <summary>The file that is read when no <c>-f</c> says another.</summary>
    public const string DefaultConfigurationFile = "/etc/keepalived/keepalived.conf";

    /// <summary><c>-f</c>: the configuration file or glob pattern.</summary>
    public string ConfigurationFile { get; init; } = DefaultConfigurationFile;

    /// <summary>VRRP may run (not <c>-C</c>).</summary>
    public bool RunVrrp { get; init; } = true;

    /// <summary>Health checkers may run (not <c>-P</c>).</summary>
    public bool RunChecker { get; init; } = true;

    /// <summary>BFD may run (not <c>-B</c>).</summary>
    public bool RunBfd { get; init; } = true;

    /// <summary><c>--all</c>: start children even without configuration for them.</summary>
    public bool AllChildren { get; init; }

    /// <summary><c>-l</c>; only effective with <see cref="Foreground"/>.</summary>
    public bool LogToConsole { get; init; }

    /// <summary>How many <c>-D</c>.</summary>
    public int LogDetail { get; init; }

    /// <summary><c>-S</c>.</summary>
    public SyslogFacility Facility { get; init; } = SyslogFacility.Daemon;

    /// <summary><c>-g</c>: path of the log file, or null.</summary>
    public string? LogFile { get; init; }

    /// <summary><c>--flush-log-file</c>.</summary>
    public bool FlushLogFile { get; init; }

    /// <summary>Not <c>-G</c>.</summary>
    public bool UseSyslog { get; init; } = true;

    /// <summary><c>-u</c>, or null to let the configuration say.</summary>
    public int? Umask { get; init; }

    /// <summary><c>-V</c>: leave addresses and routes in place at stop, and send no priority 0.</summary>
    public bool KeepVrrp { get; init; }

    /// <summary><c>-I</c>: leave the IPVS table as it is at stop.</summary>
    public bool KeepIpvs { get; init; }

    /// <summary><c>-R</c>: stop when a child dies.</summary>
    public bool NoRespawn { get; init; }

    /// <summary><c>-n</c>.</summary>
    public bool Foreground { get; init; }

    /// <summary><c>-d</c>: children log what they have become, after the start and after each reload.</summary>
    public bool DumpConfiguration { get; init; }

    /// <summary><c>-X</c>: where addresses of an instance are given up, they are removed whoever has set them.</summary>
    public bool ReleaseForeignAddresses { get; init; }

    /// <summary><c>-a</c>: log all addresses that come and go.</summary>
    public bool LogAddresses { get; init; }

    /// <summary><c>-p</c>, or null for the default place.</summary>
    public string? PidFile { get; init; }

    /// <summary><c>-r</c>, or null for the default place.</summary>
    public string? VrrpPidFile { get; init; }

    /// <summary><c>-c</c>, or null for the default place.</summary>
    public string? CheckersPidFile { get; init; }

    /// <summary><c>-b</c>, or null for the default place.</summary>
    public string? BfdPidFile { get; init; }

    /// <summary><c>-s</c>: overrides the configuration's <c>net_namespace</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>-e</c>: a missing include is an error.</summary>
    public bool AllConfiguration { get; init; }

    /// <summary><c>-i</c>, or null for the node name.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary><c>-m</c>, also by <c>-M</c>.</summary>
    public bool CoreDump { get; init; }

    /// <summary><c>-M</c>: the pattern for <c>/proc/sys/kernel/core_pattern</c>, or null.</summary>
    public string? CoreDumpPattern { get; init; }

    /// <summary><c>-t</c>: check the configuration and exit.</summary>
    public bool TestConfiguration { get; init; }

    /// <summary><c>-t FILE</c>: where diagnostics go instead of stderr.</summary>
    public string? TestLogFile { get; init; }

    /// <summary><c>--format=json</c>: diagnostics of <c>-t</c> are JSON, on the standard output or in the log file.</summary>
    public bool DiagnosticsAsJson { get; init; }

    /// <summary><c>--config-help</c>: the keyword to explain, empty for all; null if not asked.</summary>
    public string? HelpKeyword { get; init; }

    /// <summary><c>--config-schema</c>.</summary>
    public bool ShowSchema { get; init; }

    /// <summary><c>--ignore-sigint</c>.</summary>
    public bool IgnoreSigInt { get; init; }
}
