using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Tests.Io;

public sealed class EventLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public void Schedule_FromTheLoop_RunsInOrderInTheSameTurn()
    {
        using var loop = new EventLoop();
        var order = new List<string>();
        long turnOfFirst = 0, turnOfLast = 0;
        loop.Schedule(_ =>
        {
            turnOfFirst = loop.Statistics.Turns;
            order.Add("first");
            loop.Schedule(_ =>
            {
                order.Add("second");
                loop.Schedule(_ =>
                {
                    order.Add("fourth");
                    turnOfLast = loop.Statistics.Turns;
                    loop.Stop();
                }, null);
            }, null);
            loop.Schedule(_ => order.Add("third"), null);
        }, null);

        loop.Run();

        Assert.That(order, Is.EqualTo(new[] { "first", "second", "third", "fourth" }));
        Assert.That(turnOfLast, Is.EqualTo(turnOfFirst));
    }

    [Test]
    public void Schedule_FromManyThreads_RunsEverythingInEachThreadsOrderOnTheLoop()
    {
        const int threads = 4, items = 20_000;
        using var loop = new EventLoop();
        var seen = new int[threads];
        var outOfOrder = 0;
        var elsewhere = 0;
        using var done = new CountdownEvent(threads * items);
        loop.Start();
        var producers = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < items; i++)
            {
                loop.Schedule(state =>
                {
                    var (from, number) = ((int, int))state!;
                    if (seen[from]++ != number)
                        outOfOrder++;
                    if (!loop.IsInLoop)
                        elsewhere++;
                    done.Signal();
                }, (thread, i));
            }
        })).ToList();
        producers.ForEach(producer => producer.Start());

        Assert.That(done.Wait(Patience), Is.True);
        producers.ForEach(producer => producer.Join());
        Assert.That((outOfOrder, elsewhere), Is.EqualTo((0, 0)));
        Assert.That(loop.Statistics.WakeUps, Is.LessThanOrEqualTo(threads * items));
    }

    [Test]
    public void Schedule_EndlessChain_StarvesNeitherTimersNorOtherWork()
    {
        using var loop = new EventLoop();
        var links = 0L;
        var linksAtTimer = 0L;
        Action<object?> chain = null!;
        chain = _ =>
        {
            links++;
            loop.Schedule(chain, null);
        };
        using var timer = loop.CreateTimer(_ =>
        {
            linksAtTimer = links;
            loop.Stop();
        }, null);
        timer.Arm(loop.Now + (20 * MonotonicClock.Millisecond));
        loop.Schedule(chain, null);

        loop.Run();

        Assert.That(linksAtTimer, Is.GreaterThan(0));
        Assert.That(loop.Statistics.Turns, Is.GreaterThan(1));
    }

    [Test]
    public void Schedule_SteadyState_AllocatesNothing()
    {
        using var loop = new EventLoop();
        var left = 0;
        long before = 0, allocated = -1;
        Action<object?> hop = null!;
        hop = _ =>
        {
            if (left == 100_000)
                before = GC.GetAllocatedBytesForCurrentThread();
            if (--left > 0)
            {
                loop.Schedule(hop, null);
                return;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            loop.Stop();
        };
        left = 110_000;
        loop.Schedule(hop, null);

        loop.Run();

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public async Task Await_OnTheLoop_ResumesOnTheLoop()
    {
        using var loop = new EventLoop();
        loop.Start();
        var finished = new TaskCompletionSource<(bool Before, bool AfterYield, bool AfterPool, bool AfterDelay)>();

        async Task Work()
        {
            var before = loop.IsInLoop;
            await Task.Yield();
            var afterYield = loop.IsInLoop;
            await Task.Run(() => { });
            var afterPool = loop.IsInLoop;
            await Task.Delay(TimeSpan.FromMilliseconds(2), loop.TimeProvider);
            finished.SetResult((before, afterYield, afterPool, loop.IsInLoop));
        }

        loop.Schedule(_ => _ = Work(), null);

        Assert.That(await finished.Task.WaitAsync(Patience), Is.EqualTo((true, true, true, true)));
    }

    [Test]
    public void SynchronizationContext_Send_RunsOnTheLoopAndRethrows()
    {
        using var loop = new EventLoop();
        loop.Start();
        var inLoop = false;

        loop.SynchronizationContext.Send(_ => inLoop = loop.IsInLoop, null);

        Assert.That(inLoop, Is.True);
        Assert.That(() => loop.SynchronizationContext.Send(_ => throw new FormatException("x"), null), Throws.TypeOf<FormatException>());
    }

    [TestCase(10, "USR1")]
    [TestCase(12, "USR2")]
    [TestCase(1, "HUP")]
    public async Task OnSignal_SignalToThisProcess_CallsBackOnTheLoop(int number, string name)
    {
        using var loop = new EventLoop();
        loop.Start();
        var received = new TaskCompletionSource<bool>();
        using var registration = loop.OnSignal((PosixSignal)number, _ => received.TrySetResult(loop.IsInLoop), null);

        using (var kill = Process.Start("kill", ["-" + name, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        Assert.That(await received.Task.WaitAsync(Patience), Is.True);
    }

    [TestCase(1, "HUP")]
    [TestCase(36, "RTMIN+2")]
    public async Task OnSignal_SignalIgnoredUntilNow_CallsBackOnTheLoop(int number, string name)
    {
        _ = Libc.SetSignalHandler(number, 1);
        await OnSignal_SignalToThisProcess_CallsBackOnTheLoop(number, name);
    }

    [Test]
    public void Callback_ThatThrows_WithoutSubscriber_LeavesRun()
    {
        using var loop = new EventLoop();
        loop.Schedule(_ => throw new FormatException("boom"), null);

        Assert.That(loop.Run, Throws.TypeOf<FormatException>().With.Message.EqualTo("boom"));
        Assert.That(loop.Statistics.CallbackExceptions, Is.EqualTo(1));
        Assert.That(loop.IsInLoop, Is.False);
    }

    [Test]
    public void Callback_ThatThrowsOutOfRun_LosesNoWorkForTheNextRun()
    {
        using var loop = new EventLoop();
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        server.Write([1]);
        var ran = false;
        using (loop.Register(client.SafePipeHandle, LoopReadiness.Readable, (_, _) => throw new FormatException("boom"), null))
        {
            loop.Schedule(_ => ran = true, null);
            Assert.That(loop.Run, Throws.TypeOf<FormatException>());
        }

        var stopper = new Thread(() =>
        {
            loop.Schedule(_ => { }, null);
            loop.Stop();
        });
        loop.CreateTimer(_ => stopper.Start(), null).Arm(loop.Now + (20 * MonotonicClock.Millisecond));
        loop.Run();
        stopper.Join();

        Assert.That(ran, Is.True);
    }

    [Test]
    public void Callback_ThatThrows_WithSubscriberThatVouches_LoopGoesOn()
    {
        using var loop = new EventLoop();
        var seen = new List<string>();
        loop.UnhandledException += (_, arguments) =>
        {
            seen.Add(arguments.Exception.Message);
            arguments.Handled = true;
        };
        loop.CreateTimer(_ => throw new FormatException("timer"), null).Arm(loop.Now);
        loop.Schedule(_ => throw new FormatException("work"), null);
        loop.SynchronizationContext.Post(_ => throw new FormatException("posted"), null);
        loop.Schedule(_ => loop.Stop(), null);

        loop.Run();

        Assert.That(seen, Is.EquivalentTo(new[] { "timer", "work", "posted" }));
    }

    [Test]
    public void Stop_BeforeRun_LetsASingleTurnRun()
    {
        using var loop = new EventLoop();
        var ran = false;
        loop.Schedule(_ => ran = true, null);
        loop.Stop();

        loop.Run();

        Assert.That(ran, Is.True);
        Assert.That(loop.Statistics.Turns, Is.EqualTo(1));
    }

    [Test]
    public void Dispose_FromACallback_EndsTheLoop()
    {
        var loop = new EventLoop();
        loop.Schedule(_ => loop.Dispose(), null);

        loop.Run();

        Assert.That(loop.Run, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => loop.Schedule(_ => { }, null), Throws.Nothing);
    }

    [Test]
    public void Start_Twice_Throws()
    {
        using var loop = new EventLoop();
        loop.Start();

        Assert.That(loop.Start, Throws.InvalidOperationException);
        Assert.That(loop.Run, Throws.InvalidOperationException);
    }

    [Test]
    public void RealTimePriority_Asked_IsTheLoopsThreadsAndGoesWithIt()
    {
        Assume.That(RealTime.SetRoundRobin(1).Succeeded && RealTime.SetOrdinary().Succeeded, "needs CAP_SYS_NICE");
        using var loop = new EventLoop(new EventLoopOptions { RealTimePriority = 3, CpuAffinity = [0] });
        var outer = RealTime.GetAffinity();
        (int Priority, IReadOnlyList<int> Cpus) inside = default;
        loop.Schedule(_ =>
        {
            inside = (RealTime.Priority, RealTime.GetAffinity());
            loop.Stop();
        }, null);

        loop.Run();

        Assert.That(inside.Priority, Is.EqualTo(3));
        Assert.That(inside.Cpus, Is.EqualTo(new[] { 0 }));
        Assert.That(RealTime.Priority, Is.Zero);
        Assert.That(RealTime.GetAffinity(), Is.EqualTo(outer));
    }
}
