using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>
/// A client's side of the events: follows the sessions that something tracks, and reports whether they are up. Until the first word of
/// the BFD process nothing is reported; without one, after a moment, they count as down. When that process dies, what it last said holds
/// until its successor says better, or takes too long: a restart of BFD is no failure of a path.
/// </summary>
internal sealed class BfdWatcher : IDisposable
{
    private const long RetryDelay = MonotonicClock.Second;

    private readonly EventLoop _loop;
    private readonly SafeHandle _clients;
    private readonly DaemonRole _role;
    private readonly ILogger _logger;
    private readonly Action<string, bool> _report;
    private readonly LoopTimer _patience;
    private readonly LoopTimer _retry;
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _snapshot = new(StringComparer.Ordinal);
    private SafeFileHandle? _connection;
    private LoopRegistration? _registration;
    private bool _isInSnapshot;
    private bool _hasSnapshot;

    /// <param name="loop">The client's loop; all calls come from there.</param>
    /// <param name="clients">The clients' end of the rendezvous; stays the caller's.</param>
    /// <param name="role">Who the client is.</param>
    /// <param name="logger">Hears of changes and of names that BFD does not know.</param>
    /// <param name="report">Gets the name of a tracked session, and whether it is up, first and at each change.</param>
    public BfdWatcher(EventLoop loop, SafeHandle clients, DaemonRole role, ILogger logger, Action<string, bool> report)
    {
        (_loop, _clients, _role, _logger, _report) = (loop, clients, role, logger, report);
        _patience = loop.CreateTimer(static state => ((BfdWatcher)state!).LosePatience(), this);
        _retry = loop.CreateTimer(static state => ((BfdWatcher)state!).Connect(), this);
    }

    /// <summary>How long to wait for the first word about a session, in ns. 1 s unless told.</summary>
    public long StartPatience { get; init; } = MonotonicClock.Second;

    /// <summary>
    /// How long the last word of a BFD process that died holds, in ns: enough for its successor to bring a session up. 10 s unless told.
    /// </summary>
    public long RestartPatience { get; init; } = 10 * MonotonicClock.Second;

    /// <summary>
    /// Follows these sessions from now on. What is known of one is reported at once; of one that is new to the BFD process, too, as soon
    /// as that has read the same configuration.
    /// </summary>
    public void Use(IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, session) in _sessions)
            session.IsTracked = wanted.Contains(name);
        foreach (var name in wanted)
        {
            if (!_sessions.TryGetValue(name, out var session))
                _sessions.Add(name, session = new Session());
            session.IsTracked = true;
            if (session.IsUp is { } isUp)
                _report(name, isUp);
            else
                Doubt(session, StartPatience);
        }

        if (wanted.Count > 0 && _connection is null && !_retry.IsArmed)
            Connect();
    }

    public void Dispose()
    {
        Disconnect();
        _patience.Dispose();
        _retry.Dispose();
    }

    private void Connect()
    {
        _connection = BfdRendezvous.TryConnect(_clients, _role, out var errno);
        if (_connection is null)
        {
            Log.BfdNotConnected(_logger, Errno.Message(errno));
            _retry.Arm(_loop.Now + RetryDelay);
            return;
        }

        _registration = _loop.Register(
            _connection, LoopReadiness.Readable, static (state, _) => ((BfdWatcher)state!).Receive(), this);
    }

    private void Disconnect()
    {
        _registration?.Dispose();
        _connection?.Dispose();
        (_registration, _connection) = (null, null);
        (_isInSnapshot, _hasSnapshot) = (false, false);
    }

    private void Receive()
    {
        Span<byte> bytes = stackalloc byte[BfdMessage.MaximumLength];
        while (_connection is { } connection)
        {
            var length = (int)Libc.Receive(connection, bytes);
            if (length < 0 && Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.Interrupted)
                return;
            if (length <= 0)
            {
                OnGone();
                return;
            }

            if (length <= bytes.Length && BfdMessage.TryRead(bytes[..length], out var message))
                OnEvent(message);
            else
                Log.BadBfdEvent(_logger);
        }
    }

    private void OnEvent(in BfdMessage message)
    {
        switch (message.Kind)
        {
            case BfdMessageKind.SnapshotBegin:
                if (message.Missed > 0)
                    Log.BfdEventsMissed(_logger, message.Missed);
                _snapshot.Clear();
                _isInSnapshot = true;
                break;
            case BfdMessageKind.State:
                if (_isInSnapshot)
                    _snapshot.Add(message.Name);
                OnState(message.Name, message.State);
                break;
            case BfdMessageKind.SnapshotEnd:
                (_isInSnapshot, _hasSnapshot) = (false, true);
                OnSnapshot();
                break;
        }
    }

    private void OnState(string name, BfdClientState state)
    {
        if (!_sessions.TryGetValue(name, out var session))
            _sessions.Add(name, session = new Session());
        if (state == BfdClientState.Unknown && session.IsUp is not null)
        {
            Doubt(session, RestartPatience); // it has only begun: what we knew holds for now
            return;
        }

        session.Deadline = MonotonicClock.Never;
        Set(name, session, state == BfdClientState.Up);
    }

    private void OnSnapshot()
    {
        foreach (var name in _sessions.Keys.Where(name => !_snapshot.Contains(name)).ToArray())
        {
            if (_sessions[name].IsTracked)
                Doubt(_sessions[name], StartPatience); // it may be that we have read a new configuration before BFD has
            else
                _sessions.Remove(name);
        }
    }

    private void OnGone()
    {
        var worked = _hasSnapshot;
        Disconnect();
        if (worked)
            Log.BfdProcessGone(_logger, RestartPatience / MonotonicClock.Second);
        foreach (var (name, session) in _sessions.ToArray())
        {
            if (session.IsTracked)
                Doubt(session, RestartPatience);
            else
                _sessions.Remove(name);
        }

        // The next BFD process finds our request waiting; but one that hangs up at once must not make us spin.
        if (worked)
            Connect();
        else
            _retry.Arm(_loop.Now + RetryDelay);
    }

    /// <summary>The session counts as down unless it is confirmed in time. A doubt that is older stays.</summary>
    private void Doubt(Session session, long patience)
    {
        if (session.Deadline != MonotonicClock.Never)
            return;
        session.Deadline = _loop.Now + patience;
        if (session.Deadline < _patience.Deadline)
            _patience.Arm(session.Deadline);
    }

    private void LosePatience()
    {
        var next = MonotonicClock.Never;
        foreach (var (name, session) in _sessions)
        {
            if (session.Deadline > _loop.Now)
            {
                next = Math.Min(next, session.Deadline);
                continue;
            }

            session.Deadline = MonotonicClock.Never;
            if (!session.IsTracked)
                continue;
            if (!_hasSnapshot)
                Log.BfdSilent(_logger, name);
            else if (!_snapshot.Contains(name))
                Log.BfdUnknownName(_logger, name);
            Set(name, session, isUp: false);
        }

        _patience.Arm(next);
    }

    private void Set(string name, Session session, bool isUp)
    {
        if (session.IsUp == isUp)
            return;
        session.IsUp = isUp;
        if (!session.IsTracked)
            return;
        _report(name, isUp);
        Log.BfdState(_logger, name, isUp ? "UP" : "DOWN");
    }

    private sealed class Session
    {
        /// <summary>Null while nothing was heard.</summary>
        public bool? IsUp { get; set; }

        public bool IsTracked { get; set; }

        /// <summary>When it counts as down, in ns, unless it is confirmed before.</summary>
        public long Deadline { get; set; } = MonotonicClock.Never;
    }
}
