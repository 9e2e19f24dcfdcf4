namespace Keepalived.Ipvs;

/// <summary>
/// What went through a service or to a destination since it was made or set to zero. 64 bits wide where the kernel counts so (Linux 4.1);
/// older ones wrap packets and connections at 32. The kernel adds them up every two seconds.
/// </summary>
public readonly record struct IpvsStatistics
{
    /// <summary>Connections scheduled.</summary>
    public ulong Connections { get; init; }

    /// <summary>Packets from clients.</summary>
    public ulong IncomingPackets { get; init; }

    /// <summary>Packets to clients: only NAT sees them.</summary>
    public ulong OutgoingPackets { get; init; }

    /// <summary>Bytes from clients.</summary>
    public ulong IncomingBytes { get; init; }

    /// <summary>Bytes to clients: only NAT sees them.</summary>
    public ulong OutgoingBytes { get; init; }

    /// <summary>Connections a second, of late.</summary>
    public ulong ConnectionRate { get; init; }

    /// <summary>Packets from clients a second.</summary>
    public ulong IncomingPacketRate { get; init; }

    /// <summary>Packets to clients a second.</summary>
    public ulong OutgoingPacketRate { get; init; }

    /// <summary>Bytes from clients a second.</summary>
    public ulong IncomingByteRate { get; init; }

    /// <summary>Bytes to clients a second.</summary>
    public ulong OutgoingByteRate { get; init; }
}
