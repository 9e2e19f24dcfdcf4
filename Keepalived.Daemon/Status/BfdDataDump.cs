using Keepalived.Bfd;
using Keepalived.Bfd.Wire;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Status;

/// <summary>
/// Configuration and state of the BFD process, as text. The labels are those that operators' scripts look for, and after them what only
/// this implementation knows.
/// </summary>
internal static class BfdDataDump
{
    public static string Create(KeepalivedConfiguration configuration, IReadOnlyList<BfdSessionSnapshot> sessions, long unknownPackets)
    {
        var text = new DumpText().AddGlobal(configuration.Global);
        text.Heading("BFD Data").Value(1, "packets of no session", unknownPackets);
        if (configuration.BfdUnsolicited is { } unsolicited)
        {
            text.Value(1, "unsolicited sessions on", string.Join(' ', unsolicited.Interfaces))
                .Value(1, "unsolicited sessions from", unsolicited.Prefixes.IsEmpty ? "anywhere" : string.Join(' ', unsolicited.Prefixes))
                .Value(1, "unsolicited sessions at most", unsolicited.MaxSessions);
        }

        if (sessions.Count > 0)
            text.Heading("BFD Topology");
        foreach (var session in sessions)
            Add(text, session);
        return text.ToString();
    }

    private static void Add(DumpText text, BfdSessionSnapshot session)
    {
        text.Value(1, session.Configuration is null ? "BFD Unsolicited session" : "BFD Instance", session.Name);
        if (session.Configuration is { } configuration)
            Configured(text, configuration);
        else if (session.Options is { } options)
            Unsolicited(text, options);
        Status(text, session.Status);
        Counters(text, session.Statistics, session.SendErrors);
    }

    private static void Configured(DumpText text, BfdInstanceConfiguration instance)
    {
        var session = instance.Session;
        text.Value(3, "Neighbor IP", instance.NeighborAddress);
        if (instance.SourceAddress is { } source)
            text.Value(3, "Source IP", source);
        if (instance.Interface is { } name)
            text.Value(3, "Interface", name);
        if (instance.Vrf is { } vrf)
            text.Value(3, "VRF", vrf);
        text.Value(3, "Required min RX interval", BfdText.Interval(session.MinRx))
            .Value(3, "Desired min TX interval", BfdText.Interval(session.MinTx))
            .Value(3, "Desired idle TX interval", BfdText.Interval(session.IdleTx))
            .Value(3, "Detection multiplier", session.Multiplier)
            .Value(3, "TTL", session.HopLimit ?? byte.MaxValue)
            .Value(3, "max_hops", session.MaxHops)
            .Value(3, "multihop", Bool(instance.IsMultihop))
            .Value(3, "passive", Bool(session.IsPassive))
            .Value(3, "send event to VRRP process", instance.ForVrrp ? "Yes" : "No")
            .Value(3, "send event to checker process", instance.ForChecker ? "Yes" : "No");
        if (session.Authentication is { } authentication)
            text.Value(3, "authentication", BfdText.Keys(authentication));
        if (instance.IsUnaffiliatedEcho)
            text.Value(3, "unaffiliated_echo", "true");
        if (session.EchoTx > TimeSpan.Zero)
            text.Value(3, "echo_tx", BfdText.Interval(session.EchoTx)).Value(3, "echo_multiplier", session.EchoMultiplier);
        if (session.MinEchoRx > TimeSpan.Zero)
            text.Value(3, "min_echo_rx", BfdText.Interval(session.MinEchoRx));
        if (session.DemandMode)
            text.Value(3, "demand_poll_interval", BfdText.Interval(session.DemandPollInterval));
    }

    private static void Unsolicited(DumpText text, BfdNeighborOptions options) => text
        .Value(3, "Neighbor IP", options.Address)
        .Value(3, "Source IP", options.LocalAddress)
        .Value(3, "Interface", options.Interface ?? "")
        .Value(3, "Required min RX interval", BfdText.Interval(options.Session.RequiredMinRxInterval))
        .Value(3, "Desired min TX interval", BfdText.Interval(options.Session.DesiredMinTxInterval))
        .Value(3, "Desired idle TX interval", BfdText.Interval(options.Session.SlowTxInterval))
        .Value(3, "Detection multiplier", options.Session.DetectMultiplier);

    private static void Status(DumpText text, BfdNeighborStatus status)
    {
        text.Value(3, "local state", status.State)
            .Value(3, "remote state", status.RemoteState)
            .Value(3, "local discriminator", Discriminator(status.LocalDiscriminator))
            .Value(3, "remote discriminator", Discriminator(status.RemoteDiscriminator))
            .Value(3, "local diag", BfdText.Diagnostic(status.Diagnostic))
            .Value(3, "remote diag", BfdText.Diagnostic(status.RemoteDiagnostic))
            .Value(3, "remote min tx intv", BfdText.Interval(status.RemoteDesiredMinTxInterval))
            .Value(3, "remote min rx intv", BfdText.Interval(status.RemoteRequiredMinRxInterval))
            .Value(3, "remote min echo rx intv", BfdText.Interval(status.RemoteRequiredMinEchoRxInterval))
            .Value(3, "local demand", status.IsDemandActive ? 1 : 0)
            .Value(3, "remote demand", status.IsRemoteDemand ? 1 : 0)
            .Value(3, "remote detect multiplier", status.RemoteDetectMultiplier)
            .Line(3, status.IsPolling ? "poll" : "!poll")
            .Value(3, "echo", status.IsEchoActive ? "active" : "inactive")
            .Value(3, "local tx intv", BfdText.Interval(status.TransmitInterval))
            .Value(3, "remote tx intv", BfdText.Interval(status.RemoteTransmitInterval))
            .Value(3, "local detection time", BfdText.Interval(status.DetectionTime))
            .Value(3, "remote detection time", BfdText.Interval(status.RemoteDetectionTime));
        if (status.LocalAddress is { IsNone: false } address)
            text.Value(3, "local address", address);
        if (status.SourcePort != 0)
            text.Value(3, "source port", status.SourcePort);
        text.Value(3, "last seen", Moment(status.LastReceived))
            .Value(3, "last up", Moment(status.LastUp))
            .Value(3, "last down", Moment(status.LastDown));
    }

    private static void Counters(DumpText text, BfdStatistics statistics, long sendErrors)
    {
        text.Value(3, "send error", Bool(sendErrors > 0))
            .Value(3, "send errors", sendErrors)
            .Value(3, "packets sent", statistics.ControlPacketsSent)
            .Value(3, "packets received", statistics.ControlPacketsReceived)
            .Value(3, "packets discarded", statistics.PacketsDiscarded)
            .List(3, "discarded for :", Enum.GetValues<BfdDiscardReason>()
                .Where(reason => statistics.Discarded(reason) > 0)
                .Select(reason => $"{reason} = {statistics.Discarded(reason)}"))
            .Value(3, "times up", statistics.TimesUp)
            .Value(3, "times down", statistics.TimesDown)
            .Value(3, "detections expired", statistics.DetectionsExpired)
            .Value(3, "polls", statistics.PollSequences)
            .Value(3, "polls answered", statistics.PollSequencesAnswered)
            .Value(3, "late packets", statistics.LatePackets)
            .Value(3, "late packets by the machine", statistics.LatePacketsByMachine)
            .Value(3, "latest packet", BfdText.Measured(statistics.MaximumTransmitLateness))
            .Value(3, "stalls forgiven", statistics.StallsForgiven);
        if (statistics.EchoPacketsSent > 0)
        {
            text.Value(3, "echo packets sent", statistics.EchoPacketsSent)
                .Value(3, "echo packets received", statistics.EchoPacketsReceived)
                .Value(3, "echo packets lost", statistics.EchoPacketsLost)
                .Value(3, "echo round trip", BfdText.Measured(statistics.RoundTripTime))
                .Value(3, "echo round trip min", BfdText.Measured(statistics.MinimumRoundTripTime))
                .Value(3, "echo round trip max", BfdText.Measured(statistics.MaximumRoundTripTime));
        }
    }

    private static string Discriminator(uint value) => $"0x{value:x}";

    private static string Moment(DateTimeOffset? moment) => moment is { } time ? DumpText.Moment(time) : "[never]";

    private static string Bool(bool value) => value ? "true" : "false";
}
