using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Composition;

/// <summary>What the daemon is put together from.</summary>
internal static class DaemonComposition
{
    /// <summary>The parts of this version.</summary>
    public static DaemonParts Parts { get; } = new(ConfigurationLoader.Load, CreateRole) { Available = RoleSet.All };

    private static IRole? CreateRole(DaemonRole role) => role switch
    {
        DaemonRole.Vrrp => new VrrpRole(),
        DaemonRole.Checker => new CheckerRole(),
        DaemonRole.Bfd => new BfdRole(),
        _ => null,
    };
}
