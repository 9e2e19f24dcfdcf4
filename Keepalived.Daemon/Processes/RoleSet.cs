namespace Keepalived.Daemon.Processes;

/// <summary>Some of the child roles.</summary>
[Flags]
internal enum RoleSet
{
    None = 0,
    Vrrp = 1,
    Checker = 2,
    Bfd = 4,
    All = Vrrp | Checker | Bfd,
}
