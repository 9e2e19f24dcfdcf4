using System.Runtime.InteropServices;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>
/// The BFD process's side of the events: keeps the present state of all sessions, and tells it and every change to each client that asks.
/// Lives on the loop of the sessions: a change is on its way to the clients when <see cref="Report"/> returns.
/// </summary>
internal sealed class BfdPublisher : IDisposable
{
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
        {
            var before = _byName.GetValueOrDefault(name);
            sessions.Add(new Session(name, audience)
            {
                State = before?.State ?? BfdClientState.Unknown,
                Since = before?.Since ?? _loop.Now,
            });
        }

        _sessions = sessions;
        _byName = sessions.ToDictionary(static session => session.Name, StringComparer.Ordinal);
        foreach (var subscriber in _subscribers.ToArray())
            subscriber.SendSnapshot();
    }

    /// <summary>A session has this state. What does not change it, or is of no session here, has no effect.</summary>
    public void Report(string name, BfdClientState state, long time)
    {
        if (!_byName.TryGetValue(name, out var session) || session.State == state)
            return;
        (session.State, session.Since) = (state, time);
        // From the last: one that is found dead leaves the list.
        for (var i = _subscribers.Count - 1; i >= 0; i--)
        {
            if (session.IsFor(_subscribers[i].Role))
                _subscribers[i].Send(session.ToEvent());
        }
    }

    /// <summary>The state that clients know of; unknown for a session that is not here.</summary>
    public BfdClientState StateOf(string name) => _byName.GetValueOrDefault(name)?.State ?? BfdClientState.Unknown;

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
                queue.Enqueue(session.ToEvent());
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

    private sealed class Session(string name, RoleSet audience)
    {
        public string Name => name;

        public BfdClientState State { get; set; }

        public long Since { get; set; }

        public bool IsFor(DaemonRole role) => (audience & role.ToSet()) != 0;

        public BfdMessage ToEvent() => new(BfdMessageKind.State, name, State, Since);
    }
}
