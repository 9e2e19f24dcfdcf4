using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>
/// The BFD process's side of the events: keeps the present state of all sessions, as each role is to see it, and tells it and every change to
/// each client that asks.
/// Lives on the loop of the sessions: a change is on its way to the clients when <see cref="Report"/> returns.
/// </summary>
internal sealed class BfdPublisher : IDisposable
{
    /// <summary>The roles that may ask.</summary>
    public static readonly ImmutableArray<DaemonRole> Clients = [DaemonRole.Vrrp, DaemonRole.Checker];

    private readonly EventLoop _loop;
    private readonly SafeHandle _server;
    private readonly ILogger _logger;
    private readonly LoopRegistration _registration;
    private readonly List<BfdSubscriber> _subscribers = [];
    private List<Session> _sessions = [];
    private Dictionary<string, Session> _byName = new(StringComparer.Ordinal);

    /// <param name="loop">The loop of the sessions.</param>
    /// <param name="server">The server's end of the rendezvous; stays the caller's.</param>
    /// <param name="logger">Hears of clients.</param>
    public BfdPublisher(EventLoop loop, SafeHandle server, ILogger logger)
    {
        (_loop, _server, _logger) = (loop, server, logger);
        _registration = loop.Register(server, LoopReadiness.Readable, static (state, _) => ((BfdPublisher)state!).Accept(), this);
    }

    /// <summary>
    /// Goes on with these sessions: those that were here before keep their states, new ones are <see cref="BfdClientState.Unknown"/>. All
    /// clients get a new snapshot.
    /// </summary>
    public void Use(IEnumerable<BfdPublication> publications)
    {
        var sessions = new List<Session>();
        foreach (var (name, audience) in publications)
            sessions.Add(new Session(name, audience, _loop.Now, _byName.GetValueOrDefault(name)));

        _sessions = sessions;
        _byName = sessions.ToDictionary(static session => session.Name, StringComparer.Ordinal);
        foreach (var subscriber in _subscribers.ToArray())
            subscriber.SendSnapshot();
    }

    /// <summary>To everybody, a session has this state. What does not change it, or is of no session here, has no effect.</summary>
    public void Report(string name, BfdClientState state, long time)
    {
        foreach (var role in Clients)
            Report(role, name, state, time);
    }

    /// <summary>The same to the clients of one role.</summary>
    public void Report(DaemonRole role, string name, BfdClientState state, long time)
    {
        if (!_byName.TryGetValue(name, out var session) || !session.TrySet(role, state, time) || !session.IsFor(role))
            return;
        // From the last: one that is found dead leaves the list.
        for (var i = _subscribers.Count - 1; i >= 0; i--)
        {
            if (_subscribers[i].Role == role)
                _subscribers[i].Send(session.ToEvent(role));
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        foreach (var subscriber in _subscribers)
            subscriber.Dispose();
        _subscribers.Clear();
    }

    /// <summary>Puts the present states into a queue: what a client needs to know first.</summary>
    internal void WriteSnapshot(DaemonRole role, Queue<BfdMessage> queue, uint missed)
    {
        queue.Enqueue(new BfdMessage(BfdMessageKind.SnapshotBegin, Missed: missed));
        foreach (var session in _sessions)
        {
            if (session.IsFor(role))
                queue.Enqueue(session.ToEvent(role));
        }

        queue.Enqueue(new BfdMessage(BfdMessageKind.SnapshotEnd));
    }

    private void Accept()
    {
        while (BfdRendezvous.TryAccept(_server, out var role, out var connection))
        {
            var subscriber = new BfdSubscriber(_loop, connection, role, WriteSnapshot, Forget);
            _subscribers.Add(subscriber);
            Log.BfdSubscribed(_logger, role.Title());
            subscriber.SendSnapshot();
        }
    }

    private void Forget(BfdSubscriber subscriber)
    {
        _subscribers.Remove(subscriber);
        Log.BfdUnsubscribed(_logger, subscriber.Role.Title());
    }

    private sealed class Session
    {
        private readonly (BfdClientState State, long Since)[] _known;
        private readonly RoleSet _audience;

        public Session(string name, RoleSet audience, long now, Session? before)
        {
            (Name, _audience) = (name, audience);
            _known = before?._known ?? [.. Clients.Select(_ => (BfdClientState.Unknown, now))];
        }

        public string Name { get; }

        public bool IsFor(DaemonRole role) => (_audience & role.ToSet()) != 0;

        public bool TrySet(DaemonRole role, BfdClientState state, long time)
        {
            ref var known = ref _known[Clients.IndexOf(role)];
            if (known.State == state)
                return false;
            known = (state, time);
            return true;
        }

        public BfdMessage ToEvent(DaemonRole role)
        {
            var (state, since) = _known[Clients.IndexOf(role)];
            return new BfdMessage(BfdMessageKind.State, Name, state, since);
        }
    }
}
