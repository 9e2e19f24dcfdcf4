using System.Globalization;

namespace Keepalived.Daemon.Balancing;

/// <summary>A change of quorum in words.</summary>
internal static class QuorumText
{
    /// <summary>Describes a change, as logs do.</summary>
    /// <param name="service">The virtual server.</param>
    /// <param name="isUp">Whether there is a quorum now.</param>
    /// <param name="weight">The weight of the servers that are alive.</param>
    /// <param name="isStart">Whether there has been no other state before.</param>
    public static string Describe(VirtualService service, bool isUp, long weight, bool isStart = false)
    {
        var quorum = service.Pool.Quorum;
        return isUp
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Gained quorum {quorum.Required}+{quorum.Hysteresis}={quorum.UpperThreshold} <= {weight} for VS {service.Name}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(isStart ? "Starting with quorum down" : "Lost quorum")} {quorum.Required}-{quorum.Hysteresis}={quorum.LowerThreshold} > {weight} for VS {service.Name}");
    }
}
