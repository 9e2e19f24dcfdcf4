namespace Keepalived.Bfd;

/// <summary>
/// How a session behaves; the terms are RFC 5880's. Intervals are whole microseconds of at most 4294.967295 s, as on the wire. Immutable: a
/// running session takes a changed copy with <see cref="BfdSession.Reconfigure"/>.
/// </summary>
public sealed record BfdSessionOptions
{
    /// <summary>The longest interval that fits the wire.</summary>
    public static readonly TimeSpan MaxInterval = TimeSpan.FromMicroseconds(uint.MaxValue);

    /// <summary>The shortest announced transmit interval of a session that is not up (RFC 5880 §6.8.3).</summary>
    public static readonly TimeSpan MinSlowInterval = TimeSpan.FromSeconds(1);

    /// <summary>Whether the session speaks before it is spoken to. Cannot change while it runs.</summary>
    public BfdRole Role { get; init; } = BfdRole.Active;

    /// <summary>
    /// bfd.DesiredMinTxInterval while up: the shortest interval to send at, if the neighbour can take it. At least 1 µs; 300 ms unless
    /// told.
    /// </summary>
    public TimeSpan DesiredMinTxInterval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>bfd.RequiredMinRxInterval: the shortest interval at which we can receive. At least 1 µs; 300 ms unless told.</summary>
    public TimeSpan RequiredMinRxInterval { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>bfd.DesiredMinTxInterval while not up. At least 1 s, which is the default.</summary>
    public TimeSpan SlowTxInterval { get; init; } = MinSlowInterval;

    /// <summary>bfd.DetectMult: how many of our packets the neighbour may miss. 1 to 255; 3 unless told.</summary>
    public int DetectMultiplier { get; init; } = 3;

    /// <summary>
    /// The shortest interval at which the neighbour may have us return its echo packets; zero, the default, refuses them.
    /// </summary>
    public TimeSpan RequiredMinEchoRxInterval { get; init; }

    /// <summary>
    /// The interval at which to send echo packets while the session is up and the neighbour returns them; zero, the default, sends none.
    /// Single hop only.
    /// </summary>
    public TimeSpan EchoTxInterval { get; init; }

    /// <summary>How many echo packets in a row may go missing. 1 to 255; 3 unless told.</summary>
    public int EchoDetectMultiplier { get; init; } = 3;

    /// <summary>
    /// The RequiredMinRxInterval while our echo packets run, if longer than the usual: they watch the path, so the neighbour's control
    /// packets may be rare. 1 s unless told (RFC 5880 §6.8.3).
    /// </summary>
    public TimeSpan RequiredMinRxIntervalWithEcho { get; init; } = MinSlowInterval;

    /// <summary>bfd.DemandMode: while both sides are up, ask the neighbour for no periodic packets (RFC 5880 §6.6).</summary>
    public bool DemandMode { get; init; }

    /// <summary>
    /// In demand mode, how often to verify the path by a poll sequence; zero, the default, leaves that to other means such as echo.
    /// </summary>
    public TimeSpan DemandPollInterval { get; init; }

    /// <summary>The C flag: our BFD survives a failure of the control plane.</summary>
    public bool IsControlPlaneIndependent { get; init; }

    /// <summary>
    /// The lowest TTL or hop limit to accept (RFC 5881 §5, RFC 5082), 0 to 255; 0 checks nothing. Unless told, what the path says: 255 over
    /// a single hop.
    /// </summary>
    public int? MinimumHopLimit { get; init; }

    /// <summary>The keys of an authenticated session; null, the default, for one without.</summary>
    public BfdKeyChain? Authentication { get; init; }

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says which and why.</exception>
    public void Validate()
    {
        if (Role is not (BfdRole.Active or BfdRole.Passive))
            throw new ArgumentOutOfRangeException(nameof(Role), Role, "Not a role.");
        CheckInterval(DesiredMinTxInterval, nameof(DesiredMinTxInterval), TimeSpan.FromMicroseconds(1));
        CheckInterval(RequiredMinRxInterval, nameof(RequiredMinRxInterval), TimeSpan.FromMicroseconds(1));
        CheckInterval(SlowTxInterval, nameof(SlowTxInterval), MinSlowInterval);
        CheckInterval(RequiredMinEchoRxInterval, nameof(RequiredMinEchoRxInterval), TimeSpan.Zero);
        CheckInterval(EchoTxInterval, nameof(EchoTxInterval), TimeSpan.Zero);
        CheckInterval(RequiredMinRxIntervalWithEcho, nameof(RequiredMinRxIntervalWithEcho), TimeSpan.Zero);
        CheckInterval(DemandPollInterval, nameof(DemandPollInterval), TimeSpan.Zero);
        CheckByte(DetectMultiplier, nameof(DetectMultiplier), 1);
        CheckByte(EchoDetectMultiplier, nameof(EchoDetectMultiplier), 1);
        CheckByte(MinimumHopLimit ?? 0, nameof(MinimumHopLimit), 0);
    }

    internal static void CheckInterval(TimeSpan value, string name, TimeSpan least)
    {
        if (value < least || value > MaxInterval)
            throw new ArgumentOutOfRangeException(name, value, $"An interval from {least} to {MaxInterval}.");
        if (value.Ticks % TimeSpan.TicksPerMicrosecond != 0)
            throw new ArgumentException($"An interval of whole microseconds, as on the wire; {value} is not.", name);
    }

    internal static void CheckByte(int value, string name, int least)
    {
        if (value < least || value > byte.MaxValue)
            throw new ArgumentOutOfRangeException(name, value, $"A number from {least} to 255.");
    }
}
