namespace Keepalived.Daemon.Configuration.Model;

/// <summary>How the receive buffers of VRRP sockets are sized (<c>vrrp_rx_bufs_policy</c>).</summary>
[Flags]
public enum ReceiveBufferPolicy
{
    /// <summary>The system's default.</summary>
    None = 0,

    /// <summary>By the MTU of the interface.</summary>
    Mtu = 1,

    /// <summary>By the size of the adverts.</summary>
    Advert = 2,

    /// <summary>A number of bytes.</summary>
    Size = 4,
}
