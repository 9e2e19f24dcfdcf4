using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Transport;

/// <summary>Ways to the loop.</summary>
internal static class EventLoopExtensions
{
    /// <summary>Does it on the loop: at once if this is the loop, else soon.</summary>
    public static void Post(this EventLoop loop, Action action)
    {
        if (loop.IsInLoop)
            action();
        else
            loop.Schedule(static state => ((Action)state!)(), action);
    }

    /// <summary>Begins it on the loop, at once if this is the loop, and completes with it.</summary>
    public static Task InvokeAsync(this EventLoop loop, Func<Task> function)
    {
        if (loop.IsInLoop)
            return function();
        var completion = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Schedule(_ =>
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
