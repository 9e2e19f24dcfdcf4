using Keepalived.Bfd.Transport;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

/// <summary>
/// A neighbour that an endpoint holds a session with. All members may be used from any thread; what is called on the endpoint's loop is
/// done at once, elsewhere soon.
/// </summary>
public sealed class BfdNeighbor
{
    private static readonly BfdStatistics NoStatistics = new();

    private readonly BfdEndpoint _endpoint;

    internal BfdNeighbor(BfdEndpoint endpoint, BfdNeighborOptions options) => (_endpoint, Options) = (endpoint, options);

    /// <summary>
    /// The state changed, or the session ended. Raised on the endpoint's loop, in order: return quickly and do not block; packets wait.
    /// <see cref="WatchAsync"/> has no such duty.
    /// </summary>
    public event EventHandler<BfdEvent>? Changed;

    /// <summary>The options in force.</summary>
    public BfdNeighborOptions Options { get; internal set; }

    /// <summary>Its name, <see cref="BfdNeighborOptions.Name"/>.</summary>
    public string Name => Options.Name;

    /// <summary>bfd.SessionState: Down while the interface does not exist, AdminDown after the end.</summary>
    public BfdState State => IsStopped ? BfdState.AdminDown : Driver?.State ?? BfdState.Down;

    /// <summary>bfd.LocalDiag: why <see cref="State"/> last changed.</summary>
    public BfdDiagnostic Diagnostic => Driver?.Diagnostic ?? BfdDiagnostic.None;

    /// <summary>bfd.RemoteSessionState: what the neighbour last said.</summary>
    public BfdState RemoteState => Session?.RemoteState ?? BfdState.Down;

    /// <summary>The diagnostic that the neighbour last sent; may be a reserved value.</summary>
    public BfdDiagnostic RemoteDiagnostic => Session?.RemoteDiagnostic ?? BfdDiagnostic.None;

    /// <summary>bfd.LocalDiscr; zero while the interface does not exist.</summary>
    public uint LocalDiscriminator => Driver?.Machine?.LocalDiscriminator ?? 0;

    /// <summary>bfd.RemoteDiscr; zero when the neighbour has not been heard for a detection time.</summary>
    public uint RemoteDiscriminator => Session?.RemoteDiscriminator ?? 0;

    /// <summary>The interval of our periodic packets before jitter.</summary>
    public TimeSpan TransmitInterval => MonotonicClock.ToTimeSpan(Session?.TransmitInterval ?? 0);

    /// <summary>How long the neighbour may be silent; zero before it was first heard.</summary>
    public TimeSpan DetectionTime => MonotonicClock.ToTimeSpan(Session?.DetectionTime ?? 0);

    /// <summary>The counters of the session. They begin anew when the interface was gone.</summary>
    public BfdStatistics Statistics => Driver?.Machine?.Statistics ?? NoStatistics;

    /// <summary>How often the kernel refused to send a packet of this session.</summary>
    public long SendErrors => Driver?.SendErrors ?? 0;

    /// <summary>Whether the neighbour opened the session, without being configured (RFC 9468).</summary>
    public bool IsUnsolicited { get; internal init; }

    /// <summary>Whether our echo packets run.</summary>
    public bool IsEchoActive => Session?.IsEchoActive ?? false;

    /// <summary>How the session stands at this moment.</summary>
    public BfdNeighborStatus GetStatus()
    {
        var status = (Session?.GetStatus() ?? new BfdNeighborStatus { State = State, Diagnostic = Diagnostic }) with
        {
            State = State,
            LocalDiscriminator = LocalDiscriminator,
            LocalAddress = Driver?.LocalAddress ?? InetAddress.None,
            SourcePort = Driver?.SourcePort ?? 0,
        };
        var statistics = Statistics;
        var (now, utcNow) = (MonotonicClock.Now, TimeProvider.System.GetUtcNow());
        return status with
        {
            LastReceived = At(statistics.LastReceived),
            LastUp = At(statistics.LastUp),
            LastDown = At(statistics.LastDown),
        };

        DateTimeOffset? At(long time) => time < 0 ? null : utcNow - MonotonicClock.ToTimeSpan(now - time);
    }

    internal NeighborDriver? Driver { get; set; }

    internal bool IsStopped { get; set; }

    private BfdSession? Session => Driver?.Control;

    /// <summary>
    /// What happens to this session, beginning with a snapshot of how it stands. A reader that is more than 1024 events behind loses the
    /// oldest, and <see cref="BfdEvent.Missed"/> says how many. The stream ends when the session does.
    /// </summary>
    public IAsyncEnumerable<BfdEvent> WatchAsync(CancellationToken cancellationToken = default) =>
        _endpoint.WatchAsync(this, cancellationToken);

    /// <summary>
    /// Takes the session administratively down, which the neighbour is told (RFC 5880 §6.8.16), or ends that. New options for the endpoint
    /// leave it so unless their <see cref="BfdNeighborOptions.IsEnabled"/> changes.
    /// </summary>
    public void SetEnabled(bool isEnabled) => Post(driver => driver.SetEnabled(isEnabled, _endpoint.Now));

    /// <summary>
    /// Takes the session down because the system knows better than the packets: the forwarding plane was reset (RFC 5880 §6.8.15), or the
    /// path is down. It comes up again by packets. No effect unless Init or Up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The diagnostic is neither of the two.</exception>
    public void Fail(BfdDiagnostic diagnostic)
    {
        BfdSession.RequireFailure(diagnostic);
        Post(driver => driver.Fail(diagnostic, _endpoint.Now));
    }

    /// <summary>
    /// Tells the neighbour that a path behind this one is down, or with <see cref="BfdDiagnostic.None"/> that it works again. The session
    /// stays up (RFC 5880 §6.8.17). No effect unless Up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The diagnostic is none of the three.</exception>
    public void SignalConcatenatedPath(BfdDiagnostic diagnostic)
    {
        BfdSession.RequireConcatenated(diagnostic);
        Post(driver => driver.SignalConcatenatedPath(diagnostic, _endpoint.Now));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({State})";

    internal void EndUnsolicited() => _endpoint.EndUnsolicited(this);

    internal void RaiseChanged(BfdEvent happened) => Changed?.Invoke(this, happened);

    private void Post(Action<NeighborDriver> action) => _endpoint.Post(() =>
    {
        if (Driver is { } driver && !IsStopped)
            action(driver);
    });
}
