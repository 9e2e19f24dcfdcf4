using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>A POSIX signal delivered on an <see cref="EventLoop"/>.</summary>
internal sealed class LoopSignal : IDisposable
{
    private static readonly Action<object?> DeliverOnLoop = static state => ((LoopSignal)state!).Deliver();

    private readonly EventLoop _loop;
    private readonly Action<object?> _callback;
    private readonly object? _state;
    private readonly PosixSignalRegistration _registration;
    private volatile bool _isDisposed;

    public LoopSignal(EventLoop loop, PosixSignal signal, Action<object?> callback, object? state)
    {
        (_loop, _callback, _state) = (loop, callback, state);
        StopIgnoring(signal);
        _registration = PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            _loop.Schedule(DeliverOnLoop, this);
        });
    }

    public void Dispose()
    {
        _isDisposed = true;
        _registration.Dispose();
    }

    /// <summary>
    /// The runtime leaves a signal alone that the process ignores, as one started by nohup does SIGHUP. Who registers here wants it.
    /// </summary>
    private static unsafe void StopIgnoring(PosixSignal signal)
    {
        const int DefaultHandler = 0, IgnoringHandler = 1, ActionSize = 256; // struct sigaction is 152 bytes; the handler comes first
        var number = signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGQUIT => 3,
            PosixSignal.SIGTERM => 15,
            _ => (int)signal,
        };
        var action = stackalloc nint[ActionSize / sizeof(nint)];
        if (number > 0 && Libc.SigAction(number, null, action) == 0 && action[0] == IgnoringHandler)
            _ = Libc.SetSignalHandler(number, DefaultHandler);
    }

    private void Deliver()
    {
        if (!_isDisposed)
            _callback(_state);
    }
}
