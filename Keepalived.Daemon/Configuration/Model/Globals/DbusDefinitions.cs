namespace Keepalived.Daemon.Configuration.Model.Globals;

/// <summary>What is served on D-Bus.</summary>
public sealed record DbusDefinitions
{
    /// <summary><c>enable_dbus</c></summary>
    public bool IsEnabled { get; init; }

    /// <summary><c>dbus_service_name</c></summary>
    public string ServiceName { get; init; } = "org.keepalived.Vrrp1";

    /// <summary><c>dbus_no_interface_name</c>: what stands for no interface.</summary>
    public string NoInterfaceName { get; init; } = "none";
}
