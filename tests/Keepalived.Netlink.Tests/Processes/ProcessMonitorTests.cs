using System.Diagnostics;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Processes;

namespace Keepalived.Netlink.Tests.Processes;

public sealed class ProcessMonitorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task AProcess_BeginsRunsAProgramAndEnds_AllIsTold()
    {
        using var loop = new EventLoop();
        loop.Start();
        var observer = new Observer();
        using var monitor = await OpenAsync(loop, observer);
        using var process = Process.Start("true");
        var id = process.Id;
        await process.WaitForExitAsync();
        await observer.ExpectAsync(told => told.Any(one => one.Kind == ProcessEventKind.Exit && one.ProcessId == id && one.IsProcess));

        var kinds = observer.Told.Where(one => one.ProcessId == id && one.IsProcess).Select(static one => one.Kind).ToList();
        Assert.That(kinds[0], Is.EqualTo(ProcessEventKind.Fork));
        Assert.That(kinds, Does.Contain(ProcessEventKind.Exec));
        Assert.That(observer.Told.First(one => one.ProcessId == id).ParentId, Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public async Task Disposed_NothingIsToldAnyMore()
    {
        using var loop = new EventLoop();
        loop.Start();
        var observer = new Observer();
        var monitor = await OpenAsync(loop, observer);
        await On(loop, () =>
        {
            monitor.Dispose();
            return 0;
        });
        var before = observer.Told.Count;
        using var process = Process.Start("true");
        await process.WaitForExitAsync();
        await On(loop, static () => 0);
        Assert.That(observer.Told, Has.Count.EqualTo(before));
    }

    [Test]
    public void AnyBytes_AreNoEventOrOne()
    {
        var random = new Random(1);
        var bytes = new byte[80];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            bytes.AsSpan(0, 8).Clear();
            bytes[0] = bytes[4] = 1;
            var length = random.Next(bytes.Length + 1);
            Assert.That(ProcessEvent.TryParse(bytes.AsSpan(0, length), out _), Is.EqualTo(length >= 44));
        }
    }

    [Test]
    public void TryParse_OfAnotherConnector_IsFalse() => Assert.That(ProcessEvent.TryParse(new byte[80], out _), Is.False);

    private static async Task<ProcessMonitor> OpenAsync(EventLoop loop, Observer observer)
    {
        Assume.That(Environment.IsPrivilegedProcess, "the process connector needs root");
        try
        {
            return await On(loop, () => ProcessMonitor.Open(loop, observer));
        }
        catch (SystemCallException e)
        {
            Assert.Inconclusive($"there is no process connector here: {e.Message}");
            throw;
        }
    }

    private static Task<T> On<T>(EventLoop loop, Func<T> function)
    {
        var result = new TaskCompletionSource<T>();
        loop.Schedule(
            _ =>
            {
                try
                {
                    result.SetResult(function());
                }
                catch (Exception e)
                {
                    result.SetException(e);
                }
            },
            null);
        return result.Task.WaitAsync(Patience);
    }

    private sealed class Observer : IProcessObserver
    {
        private readonly List<ProcessEvent> _told = [];

        public IReadOnlyList<ProcessEvent> Told
        {
            get
            {
                lock (_told)
                    return [.. _told];
            }
        }

        public void OnEvent(in ProcessEvent processEvent)
        {
            lock (_told)
                _told.Add(processEvent);
        }

        public void OnLost()
        {
        }

        public async Task ExpectAsync(Func<IReadOnlyList<ProcessEvent>, bool> condition)
        {
            var start = Stopwatch.StartNew();
            while (!condition(Told))
            {
                Assert.That(start.Elapsed, Is.LessThan(Patience));
                await Task.Delay(10);
            }
        }
    }
}
