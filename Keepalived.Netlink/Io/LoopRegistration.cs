using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Io;

/// <summary>
/// A descriptor that an <see cref="EventLoop"/> watches, level-triggered: the callback runs in every turn in which the descriptor is
/// ready for something of <see cref="Interest"/>. The descriptor stays open at least as long as its registration. Methods may be called
/// from any thread.
/// </summary>
public sealed class LoopRegistration : IDisposable
{
    private readonly EventLoop _loop;

    internal LoopRegistration(EventLoop loop, SafeHandle handle, Action<object?, LoopReadiness> callback, object? state) =>
        (_loop, Handle, Callback, State) = (loop, handle, callback, state);

    /// <summary>What it is watched for.</summary>
    public LoopReadiness Interest { get; internal set; }

    internal SafeHandle Handle { get; }

    internal Action<object?, LoopReadiness> Callback { get; }

    internal object? State { get; }

    internal int Slot { get; set; }

    internal uint Generation { get; set; }

    internal bool IsDisposed { get; set; }

    /// <summary>
    /// Watches it for something else from now on; <see cref="LoopReadiness.None"/> lets it rest: done on the loop, the callback does not
    /// run again until it is woken.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void Modify(LoopReadiness interest) => _loop.Modify(this, interest);

    /// <summary>Ends the watch. Done on the loop, the callback does not run again; done elsewhere, it may just be running.</summary>
    public void Dispose() => _loop.Unregister(this);
}
