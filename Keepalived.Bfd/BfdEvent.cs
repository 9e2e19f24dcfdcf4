using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd;

/// <summary>Something that happened to a session. Events of an endpoint come in the order in which they happened.</summary>
public sealed record BfdEvent
{
    /// <summary>The session.</summary>
    public required BfdNeighbor Neighbor { get; init; }

    /// <summary>What happened.</summary>
    public required BfdEventKind Kind { get; init; }

    /// <summary>The state after it.</summary>
    public required BfdState State { get; init; }

    /// <summary>The state before it; equal to <see cref="State"/> if that did not change.</summary>
    public required BfdState PreviousState { get; init; }

    /// <summary>bfd.LocalDiag: why the state last changed.</summary>
    public BfdDiagnostic Diagnostic { get; init; }

    /// <summary>The diagnostic that the neighbour last sent: why its state last changed.</summary>
    public BfdDiagnostic RemoteDiagnostic { get; init; }

    /// <summary>
    /// Whether an administrator's hand, here or at the neighbour, is the cause: to clients with other means of detection that is no
    /// failure of the path (RFC 5882 §3.2).
    /// </summary>
    public bool IsAdministrative { get; init; }

    /// <summary>
    /// When the neighbour fell silent: how late we ourselves were to notice. Zero if we were on time. If it exceeds what the detection
    /// time leaves in reserve, the stall was here and not there.
    /// </summary>
    public TimeSpan Lateness { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// How many events the reader of this stream lost just before this one, because it read too slowly; the newest are kept.
    /// </summary>
    public int Missed { get; init; }

    internal bool IsLast => Kind is BfdEventKind.Stopped or BfdEventKind.Removed;

    internal BfdEvent ToSnapshot() =>
        this with { Kind = BfdEventKind.Snapshot, PreviousState = State, IsAdministrative = State == BfdState.AdminDown, Lateness = TimeSpan.Zero };
}
