using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords that say how a BFD session behaves, in each block that has them.</summary>
internal sealed class BfdSessionKeywords
{
    /// <summary>The original's default of <see cref="MinRx"/> and <see cref="MinTx"/>.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(10);

    public BfdSessionKeywords(KeywordBlock block)
    {
        MinRx = block.Add(
            "min_rx", Milliseconds(1), "The shortest interval of packets that is accepted (Required Min RX Interval).", DefaultInterval);
        MinTx = block.Add(
            "min_tx", Milliseconds(1), "The shortest interval of packets that is sent (Desired Min TX Interval).", DefaultInterval);
        IdleTx = block.Add(
            "idle_tx", Milliseconds(1000), "The interval of packets while the session is not up.", TimeSpan.FromSeconds(1));
        Multiplier = block.Add(
            "multiplier", Int(1, 255, lenient: false), "Packets missed before the session is down (Detect Mult).", 5);
        DetectMultiplier = block.Add(
            "detect_multiplier", Int(1, 255, lenient: false), "The same, in RFC 5880's words.", fallback: "multiplier",
            synonym: Multiplier);
        Passive = block.Add("passive", Flag, "Wait for the neighbour to begin.");
        Ttl = block.Add(
            "ttl", Int(1, 255, lenient: false),
            "The TTL of packets, sent and expected. IPv6: 255 is sent and 64, which the original sends, accepted, unless this says otherwise.",
            fallback: "255");
        HopLimit = block.Add(
            "hoplimit", Int(1, 255, lenient: false), "The same, in the word of IPv6.", fallback: "ttl", synonym: Ttl);
        MaxHops = block.Add(
            "max_hops", Int(-1, 255, lenient: false), "Hops that a packet may have made; -1: not checked.", 0);
        Authentication = block.Add(
            "authentication", new BlockSyntax(BfdAuthenticationKeywords.Block), "Authentication of control packets (RFC 5880 section 6.7).");
        DemandMode = block.Add(
            "demand_mode", Bool, "Ask the neighbour for no periodic packets while the session is up (RFC 5880 section 6.6).", false);
        DemandPollInterval = block.Add(
            "demand_poll_interval", Milliseconds(1), "How often demand mode verifies the path by a poll sequence.", fallback: "never");
        EchoTx = block.Add(
            "echo_tx", Milliseconds(1), "The interval of echo packets, which the neighbour's forwarding returns; a single hop only.",
            fallback: "no echo");
        EchoMultiplier = block.Add(
            "echo_multiplier", Int(1, 255, lenient: false), "Echo packets in a row that may go missing.", 3);
        MinEchoRx = block.Add(
            "min_echo_rx", Milliseconds(0),
            "The shortest interval of the neighbour's echo packets that is returned (Required Min Echo RX Interval); 0: none.",
            fallback: "0");
        MinRxWithEcho = block.Add(
            "min_rx_with_echo", Milliseconds(1), "Takes the place of min_rx, if longer, while our echo packets run.", TimeSpan.FromSeconds(1));
        ControlPlaneIndependent = block.Add(
            "control_plane_independent", Bool, "Set the flag that our BFD survives a failure of the control plane (the C bit).", false);
    }

    public Keyword<TimeSpan> MinRx { get; }

    public Keyword<TimeSpan> MinTx { get; }

    public Keyword<TimeSpan> IdleTx { get; }

    public Keyword<int> Multiplier { get; }

    public Keyword<int> DetectMultiplier { get; }

    public Keyword<bool> Passive { get; }

    public Keyword<int> Ttl { get; }

    public Keyword<int> HopLimit { get; }

    public Keyword<int> MaxHops { get; }

    public Keyword<BlockValues> Authentication { get; }

    public Keyword<bool> DemandMode { get; }

    public Keyword<TimeSpan> DemandPollInterval { get; }

    public Keyword<TimeSpan> EchoTx { get; }

    public Keyword<int> EchoMultiplier { get; }

    public Keyword<TimeSpan> MinEchoRx { get; }

    public Keyword<TimeSpan> MinRxWithEcho { get; }

    public Keyword<bool> ControlPlaneIndependent { get; }

    private static DecimalSyntax Milliseconds(long min) => new(min * 1000, 4_294_967_000, places: 3, unit: "ms");
}
