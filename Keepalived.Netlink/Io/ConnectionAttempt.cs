using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>
/// Finds out whether a TCP connection comes up, on an <see cref="EventLoop"/>: in six system calls, and without a thread. Nothing is sent, and
/// the connection is closed as soon as it is there. Used on the loop only.
/// </summary>
/// <remarks>
/// Time in which the process did not get to run does not count against the other end: before an attempt counts as timed out the kernel is asked
/// once more, and a timer that is late is given once more what it is late.
/// </remarks>
public sealed unsafe class ConnectionAttempt : IDisposable
{
    private const long Tolerance = 100 * MonotonicClock.Millisecond;

    private readonly EventLoop _loop;
    private readonly Action<object?, Errno> _completed;
    private readonly object? _state;
    private readonly SocketHandle _socket;
    private readonly ConnectionAttemptOptions _options;
    private readonly LoopTimer _timer;
    private readonly long _timeout;
    private LoopRegistration? _registration;
    private long _deadline;
    private Errno _finished;
    private bool _isStretched;
    private bool _isDisposed;

    private ConnectionAttempt(
        EventLoop loop, in ConnectionAttemptOptions options, SocketHandle socket, Action<object?, Errno> completed, object? state)
    {
        (_loop, _options, _socket, _completed, _state) = (loop, options, socket, completed, state);
        _timeout = MonotonicClock.FromTimeSpan(options.Timeout);
        _timer = loop.CreateTimer(static attempt => ((ConnectionAttempt)attempt!).OnTimer(), this);
    }

    /// <summary>Begins to connect.</summary>
    /// <param name="loop">The loop, whose thread this is.</param>
    /// <param name="options">Where to.</param>
    /// <param name="completed">
    /// Runs on the loop when it is known, once, never from within this call and not after <see cref="Dispose"/>: with
    /// <see cref="Errno.None"/> if the connection came up, <see cref="Errno.ETIMEDOUT"/> if it took too long, or what the kernel said.
    /// </param>
    /// <param name="state">For the callback.</param>
    /// <exception cref="SystemCallException">There is no socket as wanted: it cannot be opened, bound or marked.</exception>
    public static ConnectionAttempt Start(
        EventLoop loop, in ConnectionAttemptOptions options, Action<object?, Errno> completed, object? state)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(completed);
        loop.VerifyAccess();
        var attempt = new ConnectionAttempt(loop, options, Open(options), completed, state);
        attempt.Begin();
        return attempt;
    }

    /// <summary>Gives it up, or lets go of what is left of it. The callback does not run any more.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _timer.Dispose();
        _registration?.Dispose();
        _socket.Dispose();
    }

    private static SocketHandle Open(in ConnectionAttemptOptions options)
    {
        var family = options.Address.IsIPv4 ? Libc.AfInet : Libc.AfInet6;
        var socket = Libc.Socket(family, Libc.SockStream | Libc.NonBlocking | Libc.CloseOnExec, 0).ThrowIfInvalid("open a TCP socket");
        try
        {
            if (options.Mark != 0)
                Set(socket, Libc.SoMark, options.Mark, $"set firewall mark {options.Mark}");
            if (options.Interface is { } name)
                Bind(socket, name);
            if (!options.BindAddress.IsNone)
                Bind(socket, options.BindAddress, options.BindPort);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Bind(SocketHandle socket, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* pointer = bytes)
            ThrowIf(Libc.SetSockOpt(socket, Libc.SolSocket, Libc.SoBindToDevice, pointer, (uint)bytes.Length), $"bind to interface {name}");
    }

    private static void Bind(SocketHandle socket, InetAddress address, ushort port)
    {
        if (port != 0)
        {
            // It has to be free again for the next attempt: whoever closes a connection first keeps its port for a minute, but not by a reset.
            Set(socket, Libc.SoReuseAddr, 1, "reuse an address");
            Span<int> linger = [1, 0];
            fixed (int* pointer = linger)
                ThrowIf(Libc.SetSockOpt(socket, Libc.SolSocket, Libc.SoLinger, pointer, 2 * sizeof(int)), "set SO_LINGER");
        }

        var bytes = stackalloc byte[SocketAddresses.Capacity];
        var length = SocketAddresses.Write(new Span<byte>(bytes, SocketAddresses.Capacity), address, port, scope: 0);
        ThrowIf(Libc.Bind(socket, bytes, (uint)length), $"bind to {address} port {port}");
    }

    private static void Set(SocketHandle socket, int option, uint value, string operation) =>
        ThrowIf(Libc.SetSockOpt(socket, Libc.SolSocket, option, &value, sizeof(uint)), operation);

    private static void ThrowIf(int result, string operation)
    {
        if (result != 0)
            throw SystemCallException.FromLastError(operation);
    }

    private void Begin()
    {
        var error = Connect();
        if (error != Errno.EINPROGRESS)
        {
            // The kernel knows at once, where there is no route, and sometimes on this machine.
            _loop.Schedule(static attempt => ((ConnectionAttempt)attempt!).Finish(), this);
            _finished = error;
            return;
        }

        _deadline = MonotonicClock.Now + _timeout;
        _timer.Arm(_deadline);
        try
        {
            _registration = _loop.Register(
                _socket, LoopReadiness.Writable, static (attempt, _) => ((ConnectionAttempt)attempt!).OnReady(), this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private Errno Connect()
    {
        var bytes = stackalloc byte[SocketAddresses.Capacity];
        var length = SocketAddresses.Write(new Span<byte>(bytes, SocketAddresses.Capacity), _options.Address, _options.Port, scope: 0);
        return Libc.Connect(_socket, bytes, (uint)length) == 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
    }

    private void OnReady()
    {
        var error = 0;
        var length = (uint)sizeof(int);
        if (Libc.GetSockOpt(_socket, Libc.SolSocket, Libc.SoError, &error, &length) != 0)
            error = Marshal.GetLastPInvokeError();
        Finish((Errno)error);
    }

    private void OnTimer()
    {
        var error = Connect();
        if (error == Errno.EALREADY)
        {
            var late = MonotonicClock.Now - _deadline;
            if (late > Tolerance && !_isStretched)
            {
                _isStretched = true;
                _timer.Arm(_loop.Now + Math.Min(late, _timeout));
                return;
            }

            error = Errno.ETIMEDOUT;
        }

        Finish(error == Errno.EISCONN ? Errno.None : error);
    }

    private void Finish() => Finish(_finished);

    private void Finish(Errno error)
    {
        if (_isDisposed)
            return;
        Dispose();
        _completed(_state, error);
    }
}
