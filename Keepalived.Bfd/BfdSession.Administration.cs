using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

// What an administrator or the system says: RFC 5880 §6.8.15 to §6.8.17.
public sealed partial class BfdSession
{
    private long _adminDownUntil;

    /// <summary>Whether the neighbour knows that we are administratively down, or has had its detection time to learn it.</summary>
    public bool IsAdminDownAnnounced { get; private set; }

    private long AdminDownDeadline =>
        State == BfdState.AdminDown && !IsAdminDownAnnounced ? _adminDownUntil : MonotonicClock.Never;

    /// <summary>
    /// Takes the session administratively down (RFC 5880 §6.8.16). It tells the neighbour at once, polls for an acknowledgement and goes on
    /// telling at the slow rate. For an orderly exit wait for <see cref="BfdActionKind.AdminDownAnnounced"/>. No effect if it is down so
    /// already.
    /// </summary>
    public void Disable(long now)
    {
        if (State == BfdState.AdminDown)
            return;

        // The time that the neighbour gives us at present: by then it has either heard or given up (RFC 5880 §6.8.16).
        _adminDownUntil = now + (_options.DetectMultiplier * TransmitInterval);
        IsAdminDownAnnounced = false;
        ChangeState(BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown, now, isAdministrative: true);
        if (RemoteDiscriminator == 0)
            CompleteAdminDown();
        else
            StartPoll();
        Settle(now);
    }

    /// <summary>Ends <see cref="Disable"/>: Down, and up again as soon as the neighbour agrees. No effect otherwise.</summary>
    public void Enable(long now)
    {
        if (State != BfdState.AdminDown)
            return;
        IsAdminDownAnnounced = false;
        ChangeState(BfdState.Down, BfdDiagnostic.None, now, isAdministrative: true);
        Settle(now);
    }

    /// <summary>
    /// Takes the session down because the system knows better than the packets: the forwarding plane was reset (RFC 5880 §6.8.15), or the
    /// path is down. It comes up again by packets. No effect unless Init or Up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The diagnostic is neither of the two.</exception>
    public void Fail(BfdDiagnostic diagnostic, long now)
    {
        RequireFailure(diagnostic);
        if (State is not (BfdState.Init or BfdState.Up))
            return;
        ChangeState(BfdState.Down, diagnostic, now);
        Settle(now);
    }

    /// <summary>
    /// Tells the neighbour that a path behind this one is down, or with <see cref="BfdDiagnostic.None"/> that it works again. The session
    /// stays up (RFC 5880 §6.8.17). No effect unless Up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The diagnostic is none of the three.</exception>
    public void SignalConcatenatedPath(BfdDiagnostic diagnostic, long now)
    {
        RequireConcatenated(diagnostic);
        if (State != BfdState.Up || Diagnostic == diagnostic)
            return;
        Diagnostic = diagnostic;
        _announceNow = true;
        Settle(now);
    }

    internal static void RequireFailure(BfdDiagnostic diagnostic)
    {
        if (diagnostic is not (BfdDiagnostic.ForwardingPlaneReset or BfdDiagnostic.PathDown))
            throw new ArgumentOutOfRangeException(nameof(diagnostic), diagnostic, "Forwarding plane reset or path down.");
    }

    internal static void RequireConcatenated(BfdDiagnostic diagnostic)
    {
        if (diagnostic is not (BfdDiagnostic.None or BfdDiagnostic.ConcatenatedPathDown or BfdDiagnostic.ReverseConcatenatedPathDown))
            throw new ArgumentOutOfRangeException(nameof(diagnostic), diagnostic, "One of the two of concatenated paths, or none.");
    }

    private void CompleteAdminDown()
    {
        if (IsAdminDownAnnounced)
            return;
        IsAdminDownAnnounced = true;
        _actions.Enqueue(new BfdAction { Kind = BfdActionKind.AdminDownAnnounced });
    }
}
