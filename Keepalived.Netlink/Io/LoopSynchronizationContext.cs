using System.Runtime.ExceptionServices;

namespace Keepalived.Netlink.Io;

/// <summary>The synchronization context of an <see cref="EventLoop"/>'s thread: what is awaited there resumes there.</summary>
internal sealed class LoopSynchronizationContext(EventLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        loop.Enqueue(d, state, isLate: false);
    }

    /// <summary>Runs it on the loop and waits: at once if this is the loop's thread.</summary>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (loop.IsInLoop)
        {
            d(state);
            return;
        }

        loop.ThrowIfDisposed();
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        loop.Schedule(_ =>
        {
            try
            {
                d(state);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                done.Set();
            }
        }, null);
        done.Wait();
        failure?.Throw();
    }

    public override SynchronizationContext CreateCopy() => this;
}
