namespace Keepalived.Daemon.Configuration.Model;

/// <summary>Whether configured interfaces may be absent (<c>dynamic_interfaces</c>).</summary>
public enum DynamicInterfaces
{
    /// <summary>All interfaces must exist at the start.</summary>
    Off = 0,

    /// <summary>They may be absent, appear and vanish.</summary>
    On,

    /// <summary>They may also come back as something else (<c>allow_if_changes</c>).</summary>
    AllowChanges,
}
