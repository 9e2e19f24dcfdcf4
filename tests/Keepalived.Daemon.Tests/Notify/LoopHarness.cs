using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Tests.Notify;

/// <summary>An event loop on a thread of its own, and calls into it.</summary>
internal sealed class LoopHarness : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public LoopHarness() => Loop.Start();

    public EventLoop Loop { get; } = new(new EventLoopOptions { Name = "test" });

    public T Call<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>();
        Loop.Schedule(
            _ =>
            {
                try
                {
                    result.SetResult(function());
                }
                catch (Exception error)
                {
                    result.SetException(error);
                }
            },
            null);
        return Wait(result.Task);
    }

    public static T Wait<T>(Task<T> task) => task.WaitAsync(Patience).GetAwaiter().GetResult();

    public void Dispose() => Loop.Dispose();
}
