namespace Keepalived.Ipvs;

/// <summary>How packets go to a destination (IP_VS_CONN_F_FWD_MASK of linux/ip_vs.h).</summary>
public enum IpvsForwarding
{
    /// <summary>NAT: addresses and ports are changed; replies come back through here (IP_VS_CONN_F_MASQ).</summary>
    Nat = 0,

    /// <summary>This machine itself (IP_VS_CONN_F_LOCALNODE).</summary>
    Local = 1,

    /// <summary>Inside a tunnel: see <see cref="IpvsTunnel"/> (IP_VS_CONN_F_TUNNEL).</summary>
    Tunnel = 2,

    /// <summary>DR: unchanged, to the destination's link-layer address (IP_VS_CONN_F_DROUTE).</summary>
    DirectRouting = 3,

    /// <summary>To where the packet was going anyway; the kernel's own, for cache clusters (IP_VS_CONN_F_BYPASS).</summary>
    Bypass = 4,
}
