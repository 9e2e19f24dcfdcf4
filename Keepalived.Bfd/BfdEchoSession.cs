using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

/// <summary>
/// An unaffiliated echo session (RFC 9747): it watches the path to a neighbour that knows no BFD and merely forwards the packets, which are
/// addressed to ourselves, back to us. They have the form of control packets and go to port 3785. The rules for its driver are those of
/// <see cref="BfdSession"/>.
/// </summary>
public sealed class BfdEchoSession : IBfdMachine
{
    private readonly BfdActionQueue _actions = new();
    private readonly BfdEchoSessionOptions _options;
    private readonly Random _random;
    private readonly long _interval;
    private readonly long _slowInterval;
    private long _lastTransmit;
    private bool _isFirstTransmitDue = true;
    private bool _isHeard;
    private int _sentSinceHeard;
    private int _jitter;

    /// <summary>Makes a session in the state Down that wants to send its first packet at <paramref name="now"/>.</summary>
    /// <param name="path">The neighbour that returns the packets: a single hop.</param>
    /// <param name="localDiscriminator">Its name on the wire: not zero, unique on this system, better random.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="now">The time in ns.</param>
    /// <param name="random">Draws the jitter; null for one of its own.</param>
    /// <exception cref="ArgumentException">Path, options or discriminator are out of range.</exception>
    public BfdEchoSession(BfdPath path, uint localDiscriminator, BfdEchoSessionOptions options, long now, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(localDiscriminator);
        path.Validate();
        if (path.IsMultihop)
            throw new ArgumentException("There is no echo over several hops.", nameof(path));
        options.Validate();
        Path = path;
        LocalDiscriminator = localDiscriminator;
        _options = options;
        _random = random ?? new Random();
        _interval = MonotonicClock.FromTimeSpan(options.TransmitInterval);
        _slowInterval = MonotonicClock.FromTimeSpan(options.SlowTransmitInterval);
        _lastTransmit = now;
    }

    /// <summary>The neighbour that returns the packets.</summary>
    public BfdPath Path { get; }

    /// <inheritdoc/>
    public uint LocalDiscriminator { get; }

    /// <inheritdoc/>
    public BfdState State { get; private set; } = BfdState.Down;

    /// <summary>bfd.LocalDiag: why <see cref="State"/> last changed.</summary>
    public BfdDiagnostic Diagnostic { get; private set; }

    /// <inheritdoc/>
    public BfdStatistics Statistics { get; } = new();

    /// <summary>The interval of packets before jitter, in ns: slow unless up.</summary>
    public long TransmitInterval => State == BfdState.Up ? _interval : _slowInterval;

    /// <inheritdoc/>
    public long NextDeadline => State == BfdState.AdminDown ? MonotonicClock.Never
        : _isFirstTransmitDue ? _lastTransmit
        : _lastTransmit + BfdJitter.Shorten(TransmitInterval, _jitter);

    /// <summary>What its driver attached to it.</summary>
    internal object? Driver { get; init; }

    /// <inheritdoc/>
    public bool TryDequeue(out BfdAction action) => _actions.TryDequeue(out action);

    /// <inheritdoc/>
    public void HandleTimeout(long now)
    {
        if (now < NextDeadline)
            return;
        var lateness = now - NextDeadline;
        if (State is BfdState.Init or BfdState.Up && _sentSinceHeard >= _options.DetectMultiplier)
        {
            // RFC 9747 §2, RFC 5880 §6.8.5. From now on the slow rate counts, so the next packet waits.
            Statistics.DetectionsExpired++;
            Statistics.DetectionLateness = lateness;
            _isHeard = false;
            ChangeState(BfdState.Down, BfdDiagnostic.EchoFunctionFailed, now, lateness: lateness);
            if (now < NextDeadline)
                return;
        }

        Statistics.TransmitLateness = lateness;
        Statistics.MaximumTransmitLateness = Math.Max(Statistics.MaximumTransmitLateness, lateness);
        _isFirstTransmitDue = false;
        _lastTransmit = now;
        _jitter = BfdJitter.Draw(_random, _options.DetectMultiplier);
        _sentSinceHeard = Math.Min(_sentSinceHeard + 1, byte.MaxValue);
        _actions.Enqueue(new BfdAction { Kind = BfdActionKind.SendControl });
    }

    /// <summary>Takes a packet of this session that came back. A discarded one changes nothing but a counter.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="hopLimit">Its TTL or hop limit; -1 if unknown.</param>
    /// <param name="now">The time in ns.</param>
    public BfdDiscardReason HandlePacket(in BfdControlPacket packet, int hopLimit, long now)
    {
        var reason = Admit(packet, hopLimit);
        if (reason != BfdDiscardReason.None)
            return Statistics.CountDiscard(reason);
        Statistics.ControlPacketsReceived++;
        Statistics.LastReceived = now;
        _isHeard = true;
        _sentSinceHeard = 0;
        switch (State, packet.State)
        {
            case (BfdState.Down, BfdState.Down):
                ChangeState(BfdState.Init, BfdDiagnostic.None, now);
                break;
            case (BfdState.Init, BfdState.Init):
                ChangeState(BfdState.Up, BfdDiagnostic.None, now);
                break;
        }

        return BfdDiscardReason.None;
    }

    /// <summary>
    /// Encodes the packet of a <see cref="BfdActionKind.SendControl"/> action, to be sent to port 3785 with TTL or hop limit 255.
    /// </summary>
    /// <returns>The length, 24.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int WriteControl(Span<byte> destination)
    {
        Statistics.ControlPacketsSent++;
        var interval = (uint)(TransmitInterval / MonotonicClock.Microsecond);
        return new BfdControlHeader
        {
            State = State,
            Diagnostic = Diagnostic,
            DetectMultiplier = (byte)_options.DetectMultiplier,
            MyDiscriminator = LocalDiscriminator,
            YourDiscriminator = _isHeard ? LocalDiscriminator : 0,
            DesiredMinTxInterval = interval,
            RequiredMinRxInterval = interval,
        }.WriteTo(destination);
    }

    /// <summary>Takes the session administratively down: it falls silent. No effect if it is down so already.</summary>
    public void Disable(long now)
    {
        if (State != BfdState.AdminDown)
            ChangeState(BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown, now, isAdministrative: true);
    }

    /// <summary>Ends <see cref="Disable"/>. No effect otherwise.</summary>
    public void Enable(long now)
    {
        if (State != BfdState.AdminDown)
            return;
        _isHeard = false;
        _sentSinceHeard = 0;
        ChangeState(BfdState.Down, BfdDiagnostic.None, now, isAdministrative: true);
    }

    private BfdDiscardReason Admit(in BfdControlPacket packet, int hopLimit)
    {
        if (packet.MyDiscriminator != LocalDiscriminator)
            return BfdDiscardReason.UnknownDiscriminator;
        if (packet.YourDiscriminator != 0 && packet.YourDiscriminator != LocalDiscriminator)
            return BfdDiscardReason.UnknownDiscriminator;
        if (_options.MinimumHopLimit > 0 && hopLimit < _options.MinimumHopLimit)
            return BfdDiscardReason.HopLimit;
        if (packet.IsAuthenticated)
            return BfdDiscardReason.AuthenticationUnexpected;
        if (State == BfdState.AdminDown)
            return BfdDiscardReason.AdminDown;

        // The packets are our own: one that tells of another state than ours left before the last change of it.
        return packet.State == State ? BfdDiscardReason.None : BfdDiscardReason.EchoStale;
    }

    private void ChangeState(BfdState state, BfdDiagnostic diagnostic, long now, bool isAdministrative = false, long lateness = 0)
    {
        var old = State;
        State = state;
        Diagnostic = diagnostic;
        Statistics.CountChange(old, state, now);
        _actions.Enqueue(new BfdAction
        {
            Kind = BfdActionKind.StateChanged,
            OldState = old,
            NewState = state,
            Diagnostic = diagnostic,
            IsAdministrative = isAdministrative,
            Time = now,
            Lateness = lateness,
        });
    }
}
