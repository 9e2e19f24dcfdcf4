namespace Keepalived.Ipvs;

/// <summary>The checksum of a tunnel's outer header (IP_VS_TUNNEL_ENCAP_FLAG_* of linux/ip_vs.h; Linux 5.3).</summary>
public enum IpvsTunnelChecksum
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A checksum: GUE and GRE.</summary>
    Checksum = 1,

    /// <summary>Remote checksum offload: GUE.</summary>
    RemoteChecksum = 2,
}
