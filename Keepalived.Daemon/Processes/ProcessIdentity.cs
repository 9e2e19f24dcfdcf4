using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;

namespace Keepalived.Daemon.Processes;

/// <summary>How a process shows in ps(1), and the umask of its files.</summary>
internal static class ProcessIdentity
{
    /// <summary>Gives the calling process, on its main thread, the name and the umask that command line and configuration want.</summary>
    public static void Apply(CommandLineOptions options, GlobalDefinitions global, DaemonRole role)
    {
        _ = Libc.SetProcessName(Name(global, role));
        _ = Libc.SetUmask((uint)(options.Umask ?? global.Umask));
    }

    internal static string Name(GlobalDefinitions global, DaemonRole role)
    {
        var (chosen, standard) = role switch
        {
            DaemonRole.Vrrp => (global.VrrpProcess.Name, "keepalived_vrrp"),
            DaemonRole.Checker => (global.CheckerProcess.Name, "keepalived_lvs"),
            DaemonRole.Bfd => (global.BfdProcess.Name, "keepalived_bfd"),
            _ => (global.ProcessName, "keepalived"),
        };
        return chosen ?? (global.ProcessNames ? standard : "keepalived");
    }
}
