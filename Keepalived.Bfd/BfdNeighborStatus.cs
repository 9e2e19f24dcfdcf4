using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd;

/// <summary>How the session with a neighbour stands at one moment: the variables of RFC 5880 §6.8.1, and what follows from them.</summary>
public sealed record BfdNeighborStatus
{
    /// <summary>bfd.SessionState.</summary>
    public required BfdState State { get; init; }

    /// <summary>bfd.LocalDiag: why <see cref="State"/> last changed.</summary>
    public required BfdDiagnostic Diagnostic { get; init; }

    /// <summary>bfd.RemoteSessionState.</summary>
    public BfdState RemoteState { get; init; } = BfdState.Down;

    /// <summary>The diagnostic that the neighbour last sent; may be a reserved value.</summary>
    public BfdDiagnostic RemoteDiagnostic { get; init; }

    /// <summary>bfd.LocalDiscr; zero while the interface does not exist.</summary>
    public uint LocalDiscriminator { get; init; }

    /// <summary>bfd.RemoteDiscr; zero when the neighbour has not been heard for a detection time.</summary>
    public uint RemoteDiscriminator { get; init; }

    /// <summary>Our address as the neighbour knows it; <see cref="InetAddress.None"/> before it was heard.</summary>
    public InetAddress LocalAddress { get; init; }

    /// <summary>The source port of our packets; zero without a socket.</summary>
    public int SourcePort { get; init; }

    /// <summary>Whether a poll sequence of ours is under way.</summary>
    public bool IsPolling { get; init; }

    /// <summary>Whether our demand mode is in force.</summary>
    public bool IsDemandActive { get; init; }

    /// <summary>bfd.RemoteDemandMode.</summary>
    public bool IsRemoteDemand { get; init; }

    /// <summary>Whether our echo packets run.</summary>
    public bool IsEchoActive { get; init; }

    /// <summary>The interval of our periodic packets before jitter.</summary>
    public TimeSpan TransmitInterval { get; init; }

    /// <summary>The interval of the neighbour's packets before jitter; zero before it was first heard.</summary>
    public TimeSpan RemoteTransmitInterval { get; init; }

    /// <summary>How long the neighbour may be silent; zero before it was first heard.</summary>
    public TimeSpan DetectionTime { get; init; }

    /// <summary>How long we may be silent: our multiplier of <see cref="TransmitInterval"/>.</summary>
    public TimeSpan RemoteDetectionTime { get; init; }

    /// <summary>The neighbour's desired min TX interval; zero before it was first heard.</summary>
    public TimeSpan RemoteDesiredMinTxInterval { get; init; }

    /// <summary>bfd.RemoteMinRxInterval.</summary>
    public TimeSpan RemoteRequiredMinRxInterval { get; init; }

    /// <summary>The neighbour's required min echo RX interval; zero: it returns no echo packets.</summary>
    public TimeSpan RemoteRequiredMinEchoRxInterval { get; init; }

    /// <summary>The neighbour's multiplier; zero before it was first heard.</summary>
    public int RemoteDetectMultiplier { get; init; }

    /// <summary>When the last packet that was taken came in; <see langword="null"/> if none did.</summary>
    public DateTimeOffset? LastReceived { get; init; }

    /// <summary>When the session last came up; <see langword="null"/> if never.</summary>
    public DateTimeOffset? LastUp { get; init; }

    /// <summary>When the session last left the state up; <see langword="null"/> if never.</summary>
    public DateTimeOffset? LastDown { get; init; }
}
