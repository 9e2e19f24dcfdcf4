using System.Runtime.InteropServices;

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

    private void Deliver()
    {
        if (!_isDisposed)
            _callback(_state);
    }
}
