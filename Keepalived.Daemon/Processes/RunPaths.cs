using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Processes;

/// <summary>Where a daemon keeps its run-time files, from its command line and configuration.</summary>
/// <param name="options">The command line.</param>
/// <param name="global">The configuration.</param>
/// <param name="runDirectory">The directory of run-time files.</param>
internal sealed class RunPaths(CommandLineOptions options, GlobalDefinitions global, string runDirectory = RunPaths.DefaultRunDirectory)
{
    /// <summary>Where run-time files live.</summary>
    public const string DefaultRunDirectory = "/run";

    private readonly bool _ownDirectory = global.UsePidDirectory || global.Instance is not null
        || global.NetNamespace is not null || options.Namespace is not null;

    /// <summary>The directory that pid files live in, mode 0755; ours to create and remove if <see cref="HasOwnDirectory"/>.</summary>
    public string Directory => _ownDirectory ? OwnDirectory : runDirectory;

    /// <summary>Pid files live in a directory of the daemon's own.</summary>
    public bool HasOwnDirectory => _ownDirectory;

    /// <summary>The daemon's own directory, whether used or not.</summary>
    public string OwnDirectory => Path.Combine(runDirectory, "keepalived");

    /// <summary>The pid file of a role.</summary>
    public string PidFile(DaemonRole role)
    {
        var chosen = role switch
        {
            DaemonRole.Vrrp => options.VrrpPidFile,
            DaemonRole.Checker => options.CheckersPidFile,
            DaemonRole.Bfd => options.BfdPidFile,
            _ => options.PidFile,
        };
        return chosen ?? Path.Combine(Directory, WithInstance(role.PidFileName()) + ".pid");
    }

    /// <summary>The file that exists while the configuration is being read, or null if it was not asked for.</summary>
    public string? ReloadFile => global.ReloadFile switch
    {
        null => null,
        "" => Path.Combine(Directory, WithInstance("keepalived") + ".reload"),
        var path => path,
    };

    private string WithInstance(string name) => global.Instance is { } instance ? $"{name}_{instance}" : name;
}
