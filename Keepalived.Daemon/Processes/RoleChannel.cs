using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// One end of the connection between the supervisor and a child: an AF_UNIX SOCK_SEQPACKET pair that keeps message boundaries.
/// </summary>
internal sealed class RoleChannel : IDisposable
{
    private readonly SafeHandle _socket;
    private readonly ILogger _logger;
    private readonly Action<RoleMessage> _received;
    private readonly Action _closed;
    private readonly LoopRegistration _registration;
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
        _registration = loop.Register(socket, LoopReadiness.Readable, static (state, _) => ((RoleChannel)state!).Receive(), this);
    }

    /// <summary>A pair of ends: one stays, the other is inherited by a child.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static (SafeFileHandle Ours, SafeFileHandle Theirs) CreatePair()
    {
        var pair = Libc.SequencedPacketPair();
        return pair.First.IsInvalid ? throw new IOException($"No socket pair: {Errno.LastMessage}.") : pair;
    }

    /// <summary>Sends a message without waiting. False if the other end is gone or has not read the last few hundred messages.</summary>
    public bool Send(RoleMessage message)
    {
        Span<byte> bytes = stackalloc byte[RoleMessage.MaximumLength];
        return !_isClosed && Libc.Send(_socket, bytes[..message.Write(bytes)]) >= 0;
    }

    public void Dispose()
    {
        _isClosed = true;
        _registration.Dispose();
        _socket.Dispose();
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
