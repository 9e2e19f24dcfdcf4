using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs.Wire;

/// <summary>IPVS_STATS_ATTR_*: numbers of 32 or 64 bits under the same names.</summary>
internal static class StatisticsCodec
{
    public static bool TryRead(NetlinkAttributeReader attributes, out IpvsStatistics statistics)
    {
        Span<ulong> values = stackalloc ulong[StatisticsAttribute.OutgoingByteRate + 1];
        values.Clear();
        statistics = default;
        while (attributes.TryRead(out var attribute))
        {
            if (attribute.Type is 0 or > StatisticsAttribute.OutgoingByteRate)
                continue;
            if (!TryGetNumber(attribute, out values[attribute.Type]))
                return false;
        }

        statistics = new IpvsStatistics
        {
            Connections = values[StatisticsAttribute.Connections],
            IncomingPackets = values[StatisticsAttribute.IncomingPackets],
            OutgoingPackets = values[StatisticsAttribute.OutgoingPackets],
            IncomingBytes = values[StatisticsAttribute.IncomingBytes],
            OutgoingBytes = values[StatisticsAttribute.OutgoingBytes],
            ConnectionRate = values[StatisticsAttribute.ConnectionRate],
            IncomingPacketRate = values[StatisticsAttribute.IncomingPacketRate],
            OutgoingPacketRate = values[StatisticsAttribute.OutgoingPacketRate],
            IncomingByteRate = values[StatisticsAttribute.IncomingByteRate],
            OutgoingByteRate = values[StatisticsAttribute.OutgoingByteRate],
        };
        return !attributes.IsMalformed;
    }

    private static bool TryGetNumber(in NetlinkAttribute attribute, out ulong value)
    {
        if (!attribute.TryGetUInt32(out var narrow))
            return attribute.TryGetUInt64(out value);
        value = narrow;
        return true;
    }
}
