using System.Globalization;
using System.Text;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Route;

/// <summary>The metrics of a route (RTA_METRICS).</summary>
public sealed record RouteMetrics
{
    private const ushort LockAttribute = 1;
    private const ushort CongestionControlAttribute = 16;

    /// <summary>The values, in the order in which they are sent.</summary>
    public ValueList<RouteMetricValue> Values { get; init; }

    /// <summary>The congestion control algorithm; null for the system's.</summary>
    public string? CongestionControl { get; init; }

    /// <summary>Whether the kernel may not learn another congestion control algorithm.</summary>
    public bool IsCongestionControlLocked { get; init; }

    /// <summary>The value of a metric; null if the route does not say.</summary>
    public uint? this[RouteMetric metric]
    {
        get
        {
            foreach (var value in Values)
            {
                if (value.Metric == metric)
                    return value.Value;
            }

            return null;
        }
    }

    /// <summary>Names and numbers.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var value in Values)
            text.Append(CultureInfo.InvariantCulture, $"{value.Metric} {(value.IsLocked ? "lock " : "")}{value.Value} ");
        return text.Append(CongestionControl).ToString().TrimEnd();
    }

    internal static RouteMetrics? Read(NetlinkAttributeReader attributes)
    {
        var locked = attributes.TryFind(LockAttribute, out var lockAttribute) && lockAttribute.TryGetUInt32(out var bits) ? bits : 0;
        var values = new List<RouteMetricValue>();
        string? congestionControl = null;
        while (attributes.TryRead(out var attribute))
        {
            if (attribute.Type == CongestionControlAttribute)
                congestionControl = attribute.GetString();
            else if (attribute.Type != LockAttribute && attribute.TryGetUInt32(out var value))
                values.Add(new RouteMetricValue((RouteMetric)attribute.Type, value, IsLocked(locked, attribute.Type)));
        }

        return attributes.IsMalformed
            ? null
            : new RouteMetrics
            {
                Values = [.. values],
                CongestionControl = congestionControl,
                IsCongestionControlLocked = congestionControl is not null && IsLocked(locked, CongestionControlAttribute),
            };
    }

    internal void Write(ref NetlinkMessageWriter writer)
    {
        var locked = IsCongestionControlLocked ? 1u << CongestionControlAttribute : 0;
        foreach (var value in Values)
        {
            if (value.IsLocked && (ushort)value.Metric < 32)
                locked |= 1u << (ushort)value.Metric;
            writer.WriteUInt32((ushort)value.Metric, value.Value);
        }

        if (CongestionControl is not null)
            writer.WriteString(CongestionControlAttribute, CongestionControl);
        if (locked != 0)
            writer.WriteUInt32(LockAttribute, locked);
    }

    private static bool IsLocked(uint locked, ushort type) => type < 32 && (locked & (1u << type)) != 0;
}
