using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Processes;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>
/// A client of the BFD process. Events go to it in order and without waiting. What it does not take stays in a queue of limited length;
/// when that is full, its content is dropped and a snapshot takes its place as soon as the client reads again: it may miss that a session
/// flapped, and is told how much it missed, but never ends up with a wrong state.
/// </summary>
internal sealed class BfdSubscriber : IDisposable
{
    /// <summary>How many events wait at most, besides those in the socket and those of a snapshot.</summary>
    public const int QueueLimit = 1024;

    private readonly Queue<BfdMessage> _queue = new();
    private readonly SafeHandle _connection;
    private readonly Action<DaemonRole, Queue<BfdMessage>, uint> _writeSnapshot;
    private readonly Action<BfdSubscriber> _gone;
    private readonly LoopRegistration _registration;
    private int _limit = QueueLimit;
    private uint _missed;
    private bool _needsSnapshot;
    private bool _isBlocked;
    private bool _isClosed;

    /// <param name="loop">The publisher's.</param>
    /// <param name="connection">The connection; owned.</param>
    /// <param name="role">Who it is.</param>
    /// <param name="writeSnapshot">Puts the present states into a queue.</param>
    /// <param name="gone">Runs once when the client is gone.</param>
    public BfdSubscriber(
        EventLoop loop,
        SafeHandle connection,
        DaemonRole role,
        Action<DaemonRole, Queue<BfdMessage>, uint> writeSnapshot,
        Action<BfdSubscriber> gone)
    {
        (_connection, Role, _writeSnapshot, _gone) = (connection, role, writeSnapshot, gone);
        _registration = loop.Register(
            connection, LoopReadiness.Readable, static (state, ready) => ((BfdSubscriber)state!).OnReady(ready), this);
    }

    /// <summary>Who it is.</summary>
    public DaemonRole Role { get; }

    /// <summary>Tells it one change, after all that was told before.</summary>
    public void Send(in BfdMessage change)
    {
        if (_isClosed)
            return;
        if (_needsSnapshot)
        {
            _missed++; // the snapshot will have it
            return;
        }

        if (_queue.Count >= _limit)
        {
            _missed += (uint)_queue.Count + 1;
            _queue.Clear();
            _needsSnapshot = true;
            return;
        }

        _queue.Enqueue(change);
        Flush();
    }

    /// <summary>Tells it all present states, after what was told before.</summary>
    public void SendSnapshot()
    {
        if (_isClosed)
            return;
        _needsSnapshot = true;
        Flush();
    }

    public void Dispose()
    {
        _isClosed = true;
        _registration.Dispose();
        _connection.Dispose();
        _queue.Clear();
    }

    private void OnReady(LoopReadiness ready)
    {
        if ((ready & LoopReadiness.Writable) != 0)
        {
            _isBlocked = false;
            _registration.Modify(LoopReadiness.Readable);
            Flush();
        }

        // It never writes: what can be read is the end.
        if (!_isClosed && (ready & ~LoopReadiness.Writable) != 0)
            Close();
    }

    private void Flush()
    {
        Span<byte> bytes = stackalloc byte[BfdMessage.MaximumLength];
        while (!_isBlocked && !_isClosed)
        {
            if (_queue.Count == 0 && !TryQueueSnapshot())
                return;
            var length = _queue.Peek().Write(bytes);
            if (Libc.Send(_connection, bytes[..length]) >= 0)
            {
                _queue.Dequeue();
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.TryAgain:
                    _isBlocked = true;
                    _registration.Modify(LoopReadiness.Readable | LoopReadiness.Writable);
                    return;
                default:
                    Close();
                    return;
            }
        }
    }

    private bool TryQueueSnapshot()
    {
        if (!_needsSnapshot)
            return false;
        _needsSnapshot = false;
        _writeSnapshot(Role, _queue, _missed);
        _missed = 0;
        _limit = _queue.Count + QueueLimit;
        return true;
    }

    private void Close()
    {
        Dispose();
        _gone(this);
    }
}
