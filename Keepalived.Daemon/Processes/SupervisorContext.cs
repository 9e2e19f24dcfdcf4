using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Notify;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>What the start prepared for the supervisor.</summary>
internal sealed record SupervisorContext
{
    /// <summary>The command line.</summary>
    public required CommandLineOptions Options { get; init; }

    /// <summary>What the daemon consists of.</summary>
    public required DaemonParts Parts { get; init; }

    /// <summary>The configuration to start with.</summary>
    public required ConfigurationResult Configuration { get; init; }

    /// <summary>The snapshot that children inherit, holding <see cref="Configuration"/>.</summary>
    public required SnapshotFile Snapshot { get; init; }

    /// <summary>The locked pid files: the supervisor's own and those of the children that will start.</summary>
    public required PidFileSet PidFiles { get; init; }

    /// <summary>Logging.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Limits that scripts get back, if the daemon changed its own.</summary>
    public ScriptLimits? Limits { get; init; }
}
