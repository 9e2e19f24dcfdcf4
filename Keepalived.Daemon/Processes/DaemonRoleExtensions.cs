namespace Keepalived.Daemon.Processes;

/// <summary>How a role shows to the operator.</summary>
internal static class DaemonRoleExtensions
{
    /// <summary>The children in the order in which they start.</summary>
    public static IReadOnlyList<DaemonRole> Children { get; } = [DaemonRole.Checker, DaemonRole.Vrrp, DaemonRole.Bfd];

    /// <summary>The ending of the syslog tag, empty for the supervisor.</summary>
    public static string LogName(this DaemonRole role) => role switch
    {
        DaemonRole.Vrrp => "vrrp",
        DaemonRole.Checker => "healthcheckers",
        DaemonRole.Bfd => "bfd",
        _ => "",
    };

    /// <summary>The name in messages and in the environment of a child.</summary>
    public static string Title(this DaemonRole role) => role switch
    {
        DaemonRole.Vrrp => "VRRP",
        DaemonRole.Checker => "Healthcheck",
        DaemonRole.Bfd => "BFD",
        _ => "Supervisor",
    };

    /// <summary>The base name of the role's default pid file, without instance and extension.</summary>
    public static string PidFileName(this DaemonRole role) => role switch
    {
        DaemonRole.Vrrp => "vrrp",
        DaemonRole.Checker => "checkers",
        DaemonRole.Bfd => "bfd",
        _ => "keepalived",
    };

    /// <summary>The role's bit in a set of roles.</summary>
    public static RoleSet ToSet(this DaemonRole role) => role switch
    {
        DaemonRole.Vrrp => RoleSet.Vrrp,
        DaemonRole.Checker => RoleSet.Checker,
        DaemonRole.Bfd => RoleSet.Bfd,
        _ => RoleSet.None,
    };
}
