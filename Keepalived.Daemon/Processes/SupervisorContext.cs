using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;
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

    /// <summary>The outline of the configuration to start with: the blocks are the children's, and may be very many.</summary>
    public required KeepalivedConfiguration Configuration { get; init; }

    /// <summary>The snapshot that children inherit, holding all of it.</summary>
    public required SnapshotFile Snapshot { get; init; }

    /// <summary>The locked pid files: the supervisor's own and those of the children that will start.</summary>
    public required PidFileSet PidFiles { get; init; }

    /// <summary>Logging.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Limits that scripts get back, if the daemon changed its own.</summary>
    public ScriptLimits? Limits { get; init; }
}
