using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

// Intervals, detection time and poll sequences: RFC 5880 §6.5, §6.6, §6.8.2 to §6.8.4. Deadlines are computed from the variables,
// never stored, so that a changed variable moves them at once.
public sealed partial class BfdSession
{
    // "At least one round trip" between two polls when no packet with final clear tells earlier (RFC 5880 §6.8.3).
    private const long PollSeparation = MonotonicClock.Second;

    // A driver that comes later than this slept, or was kept from running; less is the usual noise of a machine.
    private const long StallThreshold = 2 * MonotonicClock.Millisecond;

    private long _desiredMinTx;
    private long _requiredMinRx;
    private long _effectiveDesiredMinTx;
    private long _effectiveRequiredMinRx;
    private long _forgivenUntil;
    private long _pollSentAt;
    private long _pollEndedAt;
    private bool _isPollSent;
    private bool _wasDemandActive;
    private bool _isPollSeparated = true;
    private BfdControlHeader _polled;
    private BfdControlHeader _acknowledged;

    /// <summary>Whether a poll sequence is under way.</summary>
    public bool IsPolling { get; private set; }

    /// <summary>bfd.DesiredMinTxInterval as announced, in ns.</summary>
    public long DesiredMinTxInterval => _desiredMinTx;

    /// <summary>bfd.RequiredMinRxInterval as announced, in ns.</summary>
    public long RequiredMinRxInterval => _requiredMinRx;

    /// <summary>
    /// The interval of our periodic packets before jitter, in ns: the longer of what we desire and what the neighbour requires (RFC 5880
    /// §6.8.2).
    /// </summary>
    public long TransmitInterval => Math.Max(_effectiveDesiredMinTx, _remoteMinRx);

    /// <summary>
    /// How long the neighbour may be silent, in ns (RFC 5880 §6.8.4). Zero before it was first heard. In demand mode: how long a poll may
    /// go unanswered.
    /// </summary>
    public long DetectionTime => IsDemandActive ? _options.DetectMultiplier * TransmitInterval : AsynchronousDetectionTime;

    private long AsynchronousDetectionTime => _remoteMultiplier * Math.Max(_effectiveRequiredMinRx, _remoteDesiredMinTx);

    private long DetectionDeadline
    {
        get
        {
            if (RemoteDiscriminator == 0)
                return MonotonicClock.Never;
            if (!IsDemandActive)
                return Math.Max(_detectionBase + AsynchronousDetectionTime, _forgivenUntil);
            return IsPolling && _isPollSent ? _pollSentAt + DetectionTime : MonotonicClock.Never;
        }
    }

    /// <summary>Whether the neighbour's time is up: the last moment to hand over what has arrived.</summary>
    internal bool IsDetectionDue(long now) => now >= DetectionDeadline;

    private long DemandPollDeadline =>
        IsDemandActive && !IsPolling && _configured.DemandPoll > 0 ? _pollEndedAt + _configured.DemandPoll : MonotonicClock.Never;

    // A neighbour in demand mode sends no packet with final clear: then time alone separates two polls.
    private long PollSeparationDeadline =>
        !_isPollSeparated && !IsPolling && State == BfdState.Up ? _pollEndedAt + PollSeparation : MonotonicClock.Never;

    /// <summary>
    /// For a driver that slept past the deadline and found no packet waiting. While it slept, the machine may have slept with it, and
    /// what arrived may not have reached the socket yet: the neighbour gets as much time as the driver was late, one interval at most,
    /// and that once in a silence.
    /// </summary>
    /// <returns>Whether the deadline moved.</returns>
    internal bool TryForgiveStall(long now)
    {
        var lateness = now - DetectionDeadline;
        if (lateness < StallThreshold || _forgivenUntil != 0 || IsDemandActive || State is not (BfdState.Init or BfdState.Up))
            return false;
        _forgivenUntil = now + Math.Min(lateness, AsynchronousDetectionTime / _remoteMultiplier);
        Statistics.StallsForgiven++;
        return true;
    }

    private void ExpireDetection(long now)
    {
        var lateness = now - DetectionDeadline;
        ForgetRemote();
        if (State is not (BfdState.Init or BfdState.Up))
            return;
        Statistics.DetectionsExpired++;
        Statistics.DetectionLateness = lateness;
        ChangeState(BfdState.Down, BfdDiagnostic.ControlDetectionTimeExpired, now, lateness: lateness);
    }

    /// <summary>
    /// Announces the intervals that state and options ask for, if they differ from what is announced, by a poll sequence. While up, a
    /// longer transmit interval and a shorter receive interval count only once the neighbour has answered (RFC 5880 §6.8.3).
    /// </summary>
    private void AnnounceIntervals()
    {
        var desiredMinTx = State == BfdState.Up ? _configured.DesiredMinTx : _configured.SlowTx;
        var requiredMinRx = Math.Max(_configured.RequiredMinRx, IsEchoActive ? _configured.RequiredMinRxWithEcho : 0);
        if (desiredMinTx == _desiredMinTx && requiredMinRx == _requiredMinRx)
        {
            if (State != BfdState.Up)
                MakeAnnouncedEffective();
            return;
        }

        (_desiredMinTx, _requiredMinRx) = (desiredMinTx, requiredMinRx);
        if (State == BfdState.Up)
        {
            _effectiveDesiredMinTx = Math.Min(_effectiveDesiredMinTx, desiredMinTx);
            _effectiveRequiredMinRx = Math.Max(_effectiveRequiredMinRx, requiredMinRx);
        }
        else
        {
            MakeAnnouncedEffective();
        }

        StartPoll();
    }

    private void MakeAnnouncedEffective() => (_effectiveDesiredMinTx, _effectiveRequiredMinRx) = (_desiredMinTx, _requiredMinRx);

    // The two modes measure silence differently (RFC 5880 §6.8.4), so each begins anew: demand mode with the next poll, for one that
    // began before did not carry the demand bit; asynchronous mode now, for packets that were not asked for cannot be missing.
    private void UpdateDemand(long now)
    {
        if (IsDemandActive == _wasDemandActive)
            return;
        _wasDemandActive = IsDemandActive;
        if (!IsDemandActive)
            _detectionBase = now;
        else if (IsPolling)
            StartPoll();
    }

    private void StartPoll()
    {
        if (!IsPolling || _isPollSent)
            Statistics.PollSequences++;
        IsPolling = true;
        _isPollSent = false;
    }

    private void EndPoll(long now)
    {
        IsPolling = false;
        _isPollSeparated = false;
        _pollEndedAt = now;
        _acknowledged = _polled;
        Statistics.PollSequencesAnswered++;
        MakeAnnouncedEffective();
        if (State == BfdState.AdminDown)
            CompleteAdminDown();
    }
}
