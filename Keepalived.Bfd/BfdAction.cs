using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd;

/// <summary>
/// One thing that a session asks its driver to do. Actions come in the order in which they are to be carried out: a change of state before
/// the packet that announces it, so that clients learn of a failure first.
/// </summary>
public readonly record struct BfdAction
{
    /// <summary>What to do.</summary>
    public BfdActionKind Kind { get; init; }

    /// <summary>For <see cref="BfdActionKind.SendControl"/>: whether it answers a poll.</summary>
    public bool IsFinal { get; init; }

    /// <summary>For <see cref="BfdActionKind.StateChanged"/>: the state that was left.</summary>
    public BfdState OldState { get; init; }

    /// <summary>For <see cref="BfdActionKind.StateChanged"/>: the state that was entered.</summary>
    public BfdState NewState { get; init; }

    /// <summary>For <see cref="BfdActionKind.StateChanged"/>: why, as announced to the neighbour.</summary>
    public BfdDiagnostic Diagnostic { get; init; }

    /// <summary>
    /// For <see cref="BfdActionKind.StateChanged"/>: whether an administrator's hand, here or at the neighbour, is the cause. Clients with
    /// other means of detection do not take it for a failure of the path (RFC 5882 §3.2).
    /// </summary>
    public bool IsAdministrative { get; init; }

    /// <summary>For <see cref="BfdActionKind.StateChanged"/>: when it was decided, in ns of the caller's clock.</summary>
    public long Time { get; init; }

    /// <summary>
    /// For <see cref="BfdActionKind.StateChanged"/> by an expired timer: how late the driver came, in ns. If it exceeds the path's reserve,
    /// the stall was here and not at the neighbour.
    /// </summary>
    public long Lateness { get; init; }
}
