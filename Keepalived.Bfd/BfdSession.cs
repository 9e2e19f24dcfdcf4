using System.Security.Cryptography;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

/// <summary>
/// A BFD session: the state machine of RFC 5880 without sockets, clock or threads. Its driver brings packets and the time, carries out the
/// actions that come of it, and comes back at <see cref="NextDeadline"/>.
/// </summary>
/// <remarks>
/// <para>
/// The driver's rules. All calls come from one thread with a monotonic <c>now</c> in nanoseconds that never falls. After each call
/// drain <see cref="TryDequeue"/> until it is false, then arm a timer for <see cref="NextDeadline"/>. Before
/// <see cref="HandleTimeout"/> hand over everything that the socket holds: a packet that arrived in time must not
/// lose against a driver that came late.
/// </para>
/// <para>After construction nothing allocates. Intervals inside are nanoseconds; the wire has microseconds.</para>
/// </remarks>
public sealed partial class BfdSession : IBfdMachine
{
    private readonly Random _random;
    private readonly BfdActionQueue _actions = new();
    private readonly byte[] _echoSecret = new byte[BfdEchoPacket.SecretSize];
    private BfdSessionOptions _options;
    private BfdIntervals _configured;
    private bool _announceNow;

    /// <summary>Makes a session in the state Down. An active one wants to send its first packet at <paramref name="now"/>.</summary>
    /// <param name="path">What it watches.</param>
    /// <param name="localDiscriminator">Its name on the wire: not zero, unique on this system, better random.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="now">The time in ns.</param>
    /// <param name="random">Draws the jitter and the first authentication sequence number; null for one of its own.</param>
    /// <exception cref="ArgumentException">Path, options or discriminator are out of range.</exception>
    public BfdSession(BfdPath path, uint localDiscriminator, BfdSessionOptions options, long now, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(localDiscriminator);
        path.Validate();
        Validate(path, options);
        Path = path;
        LocalDiscriminator = localDiscriminator;
        _random = random ?? new Random();
        _options = options;
        _configured = new BfdIntervals(options);
        _desiredMinTx = _effectiveDesiredMinTx = _configured.SlowTx;
        _requiredMinRx = _effectiveRequiredMinRx = _configured.RequiredMinRx;
        _lastTransmit = now;
        _isFirstTransmitDue = true;
        _sendSequence = (uint)_random.NextInt64(1L << 32);
        RandomNumberGenerator.Fill(_echoSecret);
    }

    /// <summary>What the session watches.</summary>
    public BfdPath Path { get; }

    /// <summary>How it behaves at present.</summary>
    public BfdSessionOptions Options => _options;

    /// <inheritdoc/>
    public BfdStatistics Statistics { get; } = new();

    /// <inheritdoc/>
    public BfdState State { get; private set; } = BfdState.Down;

    /// <summary>bfd.LocalDiag: why <see cref="State"/> last changed.</summary>
    public BfdDiagnostic Diagnostic { get; private set; }

    /// <summary>bfd.RemoteSessionState: what the neighbour last said.</summary>
    public BfdState RemoteState { get; private set; } = BfdState.Down;

    /// <summary>The diagnostic that the neighbour last sent; may be a reserved value.</summary>
    public BfdDiagnostic RemoteDiagnostic { get; private set; }

    /// <inheritdoc/>
    public uint LocalDiscriminator { get; }

    /// <summary>bfd.RemoteDiscr: the neighbour's name for the session; zero when it has not been heard for a detection time.</summary>
    public uint RemoteDiscriminator { get; private set; }

    /// <summary>bfd.RemoteDemandMode: whether the neighbour asks for no periodic packets while both are up.</summary>
    public bool IsRemoteDemand { get; private set; }

    /// <summary>Whether our demand mode is in force: wanted, and both sides up (RFC 5880 §6.6).</summary>
    public bool IsDemandActive => _options.DemandMode && IsUpOnBothSides;

    /// <summary>Whether the neighbour's demand mode is in force, so that we send polls only.</summary>
    public bool IsRemoteDemandActive => IsRemoteDemand && IsUpOnBothSides;

    /// <inheritdoc/>
    public long NextDeadline => Math.Min(
        Math.Min(Math.Min(DetectionDeadline, TransmitDeadline), Math.Min(EchoTransmitDeadline, DemandPollDeadline)),
        Math.Min(PollSeparationDeadline, AdminDownDeadline));

    /// <summary>What its driver attached to it.</summary>
    internal object? Driver { get; init; }

    private bool IsUpOnBothSides => State == BfdState.Up && RemoteState == BfdState.Up;

    /// <inheritdoc/>
    public bool TryDequeue(out BfdAction action) => _actions.TryDequeue(out action);

    /// <inheritdoc/>
    public void HandleTimeout(long now)
    {
        if (now >= DetectionDeadline)
            ExpireDetection(now);
        if (now >= PollSeparationDeadline)
            _isPollSeparated = true;
        if (now >= DemandPollDeadline)
            StartPoll();
        if (now >= AdminDownDeadline)
            CompleteAdminDown();
        if (now >= EchoTransmitDeadline)
            SendOrFailEcho(now);
        Settle(now);
        if (now >= TransmitDeadline)
            SendPeriodic(now);
    }

    /// <summary>
    /// Takes changed options. Changed intervals are negotiated by a poll sequence, nothing restarts (RFC 5880 §6.8.3, §6.8.12).
    /// </summary>
    /// <exception cref="ArgumentException">They are out of range, or change the role.</exception>
    public void Reconfigure(BfdSessionOptions options, long now)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(Path, options);
        if (options.Role != _options.Role)
            throw new ArgumentException("The role of a session cannot change; make a new one.", nameof(options));
        _options = options;
        _configured = new BfdIntervals(options);
        Settle(now);
    }

    internal static void Validate(in BfdPath path, BfdSessionOptions options)
    {
        options.Validate();
        if (path.IsMultihop && (options.EchoTxInterval > TimeSpan.Zero || options.RequiredMinEchoRxInterval > TimeSpan.Zero))
            throw new ArgumentException("There is no echo over several hops (RFC 5883 §3).", nameof(options));
    }

    /// <summary>
    /// The one place that changes the state. The intervals of the new state count, and are announced, at once (RFC 5880 §6.8.3).
    /// </summary>
    private void ChangeState(BfdState state, BfdDiagnostic diagnostic, long now, bool isAdministrative = false, long lateness = 0)
    {
        var old = State;
        State = state;
        Diagnostic = diagnostic;
        Statistics.CountChange(old, state, now);
        _announceNow = true;
        UpdateEcho(now);
        AnnounceIntervals();
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

    /// <summary>Brings everything that follows from state and variables in line with them; ends each input.</summary>
    private void Settle(long now)
    {
        UpdateEcho(now);
        UpdateDemand(now);
        if (State != BfdState.Up || (!IsPolling && _isPollSeparated))
            AnnounceIntervals();
        if ((IsDemandActive || IsRemoteDemandActive) && !IsPolling && _isPollSeparated && Compose() != _acknowledged)
            StartPoll();
        if (!_announceNow)
            return;
        _announceNow = false;
        if (MayTransmit)
            QueueControl(now);
    }
}
