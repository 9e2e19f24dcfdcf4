using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// One end of the connection between the supervisor and a child: an AF_UNIX SOCK_SEQPACKET pair that keeps message boundaries. What the
/// other end has no room for waits here, so that a change of a thousand instances at once loses no word. Used on the loop.
/// </summary>
internal sealed class RoleChannel : IDisposable
{
    /// <summary>How many messages may wait: many more than there are names to tell of. Beyond, the other end is taken for stuck.</summary>
    private const int MaxWaiting = 1 << 16;

    private readonly SafeHandle _socket;
    private readonly ILogger _logger;
    private readonly Action<RoleMessage> _received;
    private readonly Action _closed;
    private readonly LoopRegistration _registration;
    private readonly Queue<RoleMessage> _waiting = new();
    private bool _isClosed;

    /// <param name="loop">Where messages are received.</param>
    /// <param name="socket">The end; the channel owns it.</param>
    /// <param name="logger">Hears of messages that are none.</param>
    /// <param name="received">Gets each message.</param>
    /// <param name="closed">Runs once when the other end is gone.</param>
    public RoleChannel(EventLoop loop, SafeHandle socket, ILogger logger, Action<RoleMessage> received, Action closed)
    {
        _socket = socket;
        _logger = logger;
        _received = received;
        _closed = closed;
        _registration = loop.Register(
            socket, LoopReadiness.Readable, static (state, readiness) => ((RoleChannel)state!).OnReady(readiness), this);
    }

    /// <summary>A pair of ends: one stays, the other is inherited by a child.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static (SafeFileHandle Ours, SafeFileHandle Theirs) CreatePair()
    {
        var pair = Libc.SequencedPacketPair();
        return pair.First.IsInvalid ? throw new IOException($"No socket pair: {Errno.LastMessage}.") : pair;
    }

    /// <summary>Sends a message, as soon as there is room, without waiting. False if the other end is gone, or reads nothing any more.</summary>
    public bool Send(RoleMessage message)
    {
        if (_isClosed)
            return false;
        if (_waiting.Count == 0)
        {
            var isSent = TrySend(message, out var isFull);
            if (isSent || !isFull)
                return isSent;
        }

        if (_waiting.Count == MaxWaiting)
            return false;
        _waiting.Enqueue(message);
        if (_waiting.Count == 1)
            _registration.Modify(LoopReadiness.Readable | LoopReadiness.Writable);
        return true;
    }

    public void Dispose()
    {
        _isClosed = true;
        _registration.Dispose();
        _socket.Dispose();
    }

    private bool TrySend(RoleMessage message, out bool isFull)
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];
        var isSent = Libc.Send(_socket, bytes[..message.Write(bytes)]) >= 0;
        isFull = !isSent && Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.NoBuffers;
        return isSent;
    }

    private void OnReady(LoopReadiness readiness)
    {
        if (readiness.HasFlag(LoopReadiness.Writable))
            SendWaiting();
        if (!_isClosed && (readiness & ~LoopReadiness.Writable) != 0)
            Receive();
    }

    private void SendWaiting()
    {
        while (_waiting.TryPeek(out var message))
        {
            if (!TrySend(message, out var isFull) && isFull)
                return;
            _waiting.Dequeue(); // or the other end is gone, which the next read says
        }

        _registration.Modify(LoopReadiness.Readable);
    }

    private void Receive()
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];
        while (!_isClosed)
        {
            var length = (int)Libc.Receive(_socket, bytes);
            if (length < 0 && Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.Interrupted)
                return;
            if (length <= 0)
            {
                Dispose();
                _closed();
                return;
            }

            if (length <= bytes.Length && RoleMessage.TryRead(bytes[..length], out var message))
                _received(message);
            else
                Log.BadRoleMessage(_logger);
        }
    }
}
