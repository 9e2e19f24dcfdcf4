namespace Keepalived.Netlink.Route;

/// <summary>What happened to an object.</summary>
public enum NetworkChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is not what it was.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,
}
