namespace Keepalived.Daemon.Processes;

/// <summary>How a role shows to the operator.</summary>
internal static class DaemonRoleExtensions
{
    private const string SocketSettings = "DOTNET_SYSTEM_NET_SOCKETS_";

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

    /// <summary>
    /// Adds what the runtime must be told before it starts: the checker's many sockets are served by one thread, which carries on with what
    /// waits for them itself. Handing each to a pool of threads costs half of a check's processor time again.
    /// </summary>
    public static IReadOnlyList<string> AddSettings(this DaemonRole role, IReadOnlyList<string> environment) => role == DaemonRole.Checker
        ? [.. environment, $"{SocketSettings}INLINE_COMPLETIONS=1", $"{SocketSettings}THREAD_COUNT=1"]
        : environment;

    /// <summary>An environment without these settings, for scripts.</summary>
    public static IEnumerable<string> RemoveSettings(IEnumerable<string> environment) =>
        environment.Where(static entry => !entry.StartsWith(SocketSettings, StringComparison.Ordinal));
}
