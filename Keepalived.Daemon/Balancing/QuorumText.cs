using System.Globalization;

namespace Keepalived.Daemon.Balancing;

/// <summary>A change of quorum in words: for the log, and for the mail.</summary>
/// <param name="LogLine">For the log.</param>
/// <param name="MailBody">For the mail.</param>
internal readonly record struct QuorumText(string LogLine, string MailBody)
{
    /// <summary>Describes a change.</summary>
    /// <param name="service">The virtual server.</param>
    /// <param name="isUp">Whether there is a quorum now.</param>
    /// <param name="weight">The weight of the servers that are alive.</param>
    /// <param name="reason">Why it is looked at.</param>
    public static QuorumText Describe(VirtualService service, bool isUp, long weight, QuorumReason reason)
    {
        var quorum = service.Pool.Quorum;
        var threshold = isUp ? quorum.UpperThreshold : quorum.LowerThreshold;
        var verb = reason == QuorumReason.Start ? $"Starting with quorum {(isUp ? "up" : "down")}" : isUp ? "Gained quorum" : "Lost quorum";
        var (sign, relation) = isUp ? ('+', "<=") : ('-', ">");
        return new QuorumText(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(isUp ? "Gained" : "Lost")} quorum {quorum.Required}{sign}{quorum.Hysteresis}={threshold} {relation} {weight} for VS {service.Name}"),
            string.Create(CultureInfo.InvariantCulture, $"=> {verb} {quorum.Required}+{quorum.Hysteresis}={threshold} <= {weight} <="));
    }
}
