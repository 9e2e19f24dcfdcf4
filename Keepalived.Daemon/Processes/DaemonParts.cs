using Keepalived.Daemon.Configuration;

namespace Keepalived.Daemon.Processes;

/// <summary>What the processes are put together from; the composition of the daemon says it.</summary>
/// <param name="LoadConfiguration">Reads and understands a configuration.</param>
/// <param name="CreateRole">Makes the role of a child process, or null for a role that this version cannot play.</param>
internal sealed record DaemonParts(
    Func<ConfigurationLoadOptions, ConfigurationResult> LoadConfiguration, Func<DaemonRole, IRole?> CreateRole)
{
    /// <summary>The roles that this version can play.</summary>
    public RoleSet Available { get; init; } = RoleSet.Vrrp;
}
