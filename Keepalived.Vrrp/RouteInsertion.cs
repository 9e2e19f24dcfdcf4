namespace Keepalived.Vrrp;

/// <summary>Where a route goes among others for the same destination, table, metric and type of service.</summary>
public enum RouteInsertion
{
    /// <summary>Before them. IPv6 makes it another way of the same route.</summary>
    Prepend,

    /// <summary>There must be none.</summary>
    Exclusive,

    /// <summary>After them. IPv6 makes it another way of the same route.</summary>
    Append,
}
