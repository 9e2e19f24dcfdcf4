namespace Keepalived.Ipvs;

/// <summary>The transport protocol of a service, by its IP protocol number.</summary>
public enum IpvsProtocol
{
    /// <summary>None: the service is one of a firewall mark.</summary>
    None = 0,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP.</summary>
    Udp = 17,

    /// <summary>SCTP.</summary>
    Sctp = 132,
}
