namespace Keepalived.Daemon.Processes;

/// <summary>
/// The one worker of the thread pool that a real-time process has, made before it is real-time. The runtime spins until a thread that it makes
/// has begun, and on the processor of a real-time thread an ordinary one cannot begin: the kernel would end the process for that. The project
/// file says that the worker stays.
/// </summary>
internal static class PoolWorker
{
    /// <summary>Returns when the worker has run. More are made by the pool's own thread, should one not be enough.</summary>
    public static void Prepare()
    {
        ThreadPool.SetMinThreads(1, 1);
        using var hasRun = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), hasRun, preferLocal: false);
        hasRun.Wait();
    }
}
