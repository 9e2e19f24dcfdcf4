using System.Text;
using Keepalived.Daemon.Interop;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Logging;

/// <summary>
/// Sends datagrams to the local syslog daemon. It never waits: what the daemon does not take is counted. A daemon that was restarted
/// is found again with the next message; one that is not there is looked for ten times a second at most.
/// </summary>
internal sealed class SyslogClient(string socketPath, TimeProvider? clock = null) : IDisposable
{
    /// <summary>Where syslog daemons listen.</summary>
    public const string DefaultSocket = "/dev/log";

    /// <summary>Longer messages are cut, so that they fit a default socket buffer on any system.</summary>
    private const int MaximumLength = 8192;

    /// <summary>Between two searches for a daemon that is not there.</summary>
    internal static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _buffer = new byte[MaximumLength];
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private SafeFileHandle? _socket;
    private long? _missedAt;

    /// <summary>Messages that could not be handed over.</summary>
    public long Lost { get; private set; }

    /// <summary>Hands a message over. False: it is lost, and counted.</summary>
    public bool Send(string message)
    {
        Encoding.UTF8.GetEncoder().Convert(message, _buffer, flush: true, out _, out var length, out _);
        var bytes = _buffer.AsSpan(0, length);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (_socket is null && !TryConnect())
                break;
            if (Libc.Send(_socket!, bytes) >= 0)
                return true;
            if (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.NoBuffers or Errno.Interrupted)
                break; // the daemon is slow, not gone
            Disconnect();
        }

        Lost++;
        return false;
    }

    public void Dispose() => Disconnect();

    private bool TryConnect()
    {
        if (_missedAt is { } missed && _clock.GetElapsedTime(missed) < RetryPause)
            return false;
        var socket = Libc.UnixDatagramSocket();
        if (!socket.IsInvalid && Libc.ConnectUnix(socket, socketPath) == 0)
        {
            (_socket, _missedAt) = (socket, null);
            return true;
        }

        socket.Dispose();
        _missedAt = _clock.GetTimestamp();
        return false;
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
