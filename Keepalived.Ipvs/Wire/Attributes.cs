namespace Keepalived.Ipvs.Wire;

/// <summary>Attributes beside one another in a message (IPVS_CMD_ATTR_* of linux/ip_vs.h).</summary>
internal static class CommandAttribute
{
    public const ushort Service = 1;
    public const ushort Destination = 2;
    public const ushort Daemon = 3;
    public const ushort TimeoutTcp = 4;
    public const ushort TimeoutTcpFin = 5;
    public const ushort TimeoutUdp = 6;
}

/// <summary>IPVS_INFO_ATTR_*.</summary>
internal static class InfoAttribute
{
    public const ushort Version = 1;
    public const ushort ConnectionTableSize = 2;
}

/// <summary>IPVS_SVC_ATTR_*.</summary>
internal static class ServiceAttribute
{
    public const ushort Family = 1;
    public const ushort Protocol = 2;
    public const ushort Address = 3;
    public const ushort Port = 4;
    public const ushort Mark = 5;
    public const ushort Scheduler = 6;
    public const ushort Flags = 7;
    public const ushort Timeout = 8;
    public const ushort Netmask = 9;
    public const ushort Statistics = 10;
    public const ushort Engine = 11;
    public const ushort Statistics64 = 12;
}

/// <summary>IPVS_DEST_ATTR_*.</summary>
internal static class DestinationAttribute
{
    public const ushort Address = 1;
    public const ushort Port = 2;
    public const ushort Forwarding = 3;
    public const ushort Weight = 4;
    public const ushort UpperThreshold = 5;
    public const ushort LowerThreshold = 6;
    public const ushort ActiveConnections = 7;
    public const ushort InactiveConnections = 8;
    public const ushort PersistentConnections = 9;
    public const ushort Statistics = 10;
    public const ushort Family = 11;
    public const ushort Statistics64 = 12;
    public const ushort TunnelType = 13;
    public const ushort TunnelPort = 14;
    public const ushort TunnelFlags = 15;
}

/// <summary>IPVS_DAEMON_ATTR_*.</summary>
internal static class DaemonAttribute
{
    public const ushort State = 1;
    public const ushort Interface = 2;
    public const ushort SyncId = 3;
    public const ushort MaxLength = 4;
    public const ushort Group = 5;
    public const ushort Group6 = 6;
    public const ushort Port = 7;
    public const ushort Ttl = 8;
}

/// <summary>IPVS_STATS_ATTR_*.</summary>
internal static class StatisticsAttribute
{
    public const ushort Connections = 1;
    public const ushort IncomingPackets = 2;
    public const ushort OutgoingPackets = 3;
    public const ushort IncomingBytes = 4;
    public const ushort OutgoingBytes = 5;
    public const ushort ConnectionRate = 6;
    public const ushort IncomingPacketRate = 7;
    public const ushort OutgoingPacketRate = 8;
    public const ushort IncomingByteRate = 9;
    public const ushort OutgoingByteRate = 10;
}
