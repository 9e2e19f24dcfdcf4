using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Configuration;

/// <summary>A configuration as it was understood, with everything that is to be said about it.</summary>
public sealed record ConfigurationResult
{
    /// <summary>What was understood; never null.</summary>
    public required KeepalivedConfiguration Configuration { get; init; }

    /// <summary>What was found, in the order of reading.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The highest fault among the diagnostics, those beyond the limit included.</summary>
    public ConfigurationFault HighestFault { get; init; }

    /// <summary>Whether anything counts as a configuration fault: <c>reload_check_config</c> refuses such a configuration.</summary>
    public bool HasFaults => HighestFault != ConfigurationFault.None;

    /// <summary>The exit code of a configuration test: 0, 2, 4, 5 or 6.</summary>
    public required int TestExitCode { get; init; }

    /// <summary>The exit code of a daemon that cannot start with this configuration: 2 or 6; null if it can.</summary>
    public int? StartExitCode { get; init; }

    /// <summary>Whether a daemon cannot start with this configuration.</summary>
    public bool IsFatal => StartExitCode is not null;

    /// <summary>
    /// Whether there is no main file that can be read. A start fails with that; to a reload it is an empty configuration.
    /// </summary>
    public bool IsMainFileMissing { get; init; }

    /// <summary>Everything that was read, to be read again by a child.</summary>
    public required ConfigurationSnapshot Snapshot { get; init; }
}
