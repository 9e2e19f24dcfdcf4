namespace Keepalived.Ipvs;

/// <summary>The encapsulation of a tunnel (IP_VS_CONN_F_TUNNEL_TYPE_* of linux/ip_vs.h).</summary>
public enum IpvsTunnelType
{
    /// <summary>IP in IP.</summary>
    Ipip = 0,

    /// <summary>Generic UDP Encapsulation (Linux 5.2).</summary>
    Gue = 1,

    /// <summary>Generic Routing Encapsulation (Linux 5.3).</summary>
    Gre = 2,
}
