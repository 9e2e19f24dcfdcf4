namespace Keepalived.Netlink.Route;

/// <summary>Numbers of routing tables that mean something to the kernel (RT_TABLE_* of linux/rtnetlink.h).</summary>
public static class RouteTable
{
    /// <summary>No table: in a list request all of them.</summary>
    public const uint Unspecified = 0;

    /// <summary>"default": empty unless somebody uses it.</summary>
    public const uint Default = 253;

    /// <summary>"main": where routes go unless told otherwise.</summary>
    public const uint Main = 254;

    /// <summary>"local": the kernel's own, for local and broadcast addresses.</summary>
    public const uint Local = 255;
}
