using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>From the command line to the load options, and from findings to the log.</summary>
internal static class ConfigurationLoading
{
    /// <summary>What to load at start and at reload.</summary>
    public static ConfigurationLoadOptions ToLoadOptions(this CommandLineOptions options) => new()
    {
        Path = options.ConfigurationFile,
        ConfigId = options.ConfigurationId,
        AllConfig = options.AllConfiguration,
        TestMode = options.TestConfiguration,
    };

    /// <summary>The network namespace to run in: the command line's before the configuration's.</summary>
    public static string? NetworkNamespace(this CommandLineOptions options, GlobalDefinitions global) =>
        options.Namespace ?? global.NetNamespace;

    /// <summary>Logs what was found. Source lines are left out: they may hold a password.</summary>
    public static void LogFindings(ILogger logger, ConfigurationResult result)
    {
        foreach (var finding in result.Diagnostics)
        {
            var text = Describe(finding);
            switch (finding.Severity)
            {
                case DiagnosticSeverity.Notice:
                    Log.ConfigurationNotice(logger, text);
                    break;
                case DiagnosticSeverity.Warning:
                    Log.ConfigurationWarning(logger, text);
                    break;
                default:
                    Log.ConfigurationError(logger, text);
                    break;
            }
        }
    }

    /// <summary>
    /// Why a configuration cannot replace the running one, or null if it can. A main file that is gone counts as an empty configuration,
    /// as it does to the real program: the instances are removed and the daemon runs on.
    /// </summary>
    public static string? WhyNotReload(ConfigurationResult result)
    {
        if (!result.IsFatal || result.IsMainFileMissing)
            return null;
        return WhyNotStart(result);
    }

    /// <summary>Why a daemon cannot start with a configuration that is fatal.</summary>
    public static string WhyNotStart(ConfigurationResult result) =>
        result.Diagnostics.FirstOrDefault(finding => finding.Severity == DiagnosticSeverity.Fatal) is { } fatal
            ? Describe(fatal)
            : result.Diagnostics.FirstOrDefault(finding => finding.Fault != ConfigurationFault.None) is { } fault
                ? $"reload_check_config is set, and the configuration has faults: {Describe(fault)}"
                : "the configuration cannot be used";

    internal static string Describe(Diagnostic finding)
    {
        var text = finding.Location == SourceLocation.None ? finding.Message : $"{finding.Location}: {finding.Message}";
        if (finding.Expected is { } expected)
            text += $" (expected {expected})";
        if (finding.Suggestion is { } suggestion)
            text += $" - did you mean '{suggestion}'?";
        return text;
    }
}
