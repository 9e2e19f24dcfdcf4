namespace Keepalived.Netlink.Io;

public sealed partial class EventLoop
{
    /// <summary>Does it on the loop: at once if this is the loop, else soon. May be called from any thread.</summary>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsInLoop)
            action();
        else
            Schedule(static state => ((Action)state!)(), action);
    }

    /// <summary>
    /// Begins it on the loop, at once if this is the loop, and completes with it. May be called from any thread; what follows the await of
    /// a caller elsewhere does not run on the loop.
    /// </summary>
    public Task InvokeAsync(Func<Task> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (IsInLoop)
            return function();
        var completion = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        Schedule(_ =>
        {
            try
            {
                completion.SetResult(function());
            }
#pragma warning disable CA1031 // It belongs to the caller, who awaits it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                completion.SetException(e);
            }
        }, null);
        return completion.Task.Unwrap();
    }
}
