using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Processes;

/// <summary>Which children a configuration needs and a command line lets run.</summary>
internal static class ChildSelection
{
    /// <summary>The children to run.</summary>
    public static RoleSet Of(CommandLineOptions options, KeepalivedConfiguration configuration)
    {
        var needed = RoleSet.None;
        if (options.RunVrrp && (configuration.NeedsVrrp || options.AllChildren))
            needed |= RoleSet.Vrrp;
        if (options.RunChecker && (configuration.NeedsChecker || options.AllChildren))
            needed |= RoleSet.Checker;
        if (options.RunBfd && (configuration.NeedsBfd || options.AllChildren))
            needed |= RoleSet.Bfd;
        return needed;
    }
}
