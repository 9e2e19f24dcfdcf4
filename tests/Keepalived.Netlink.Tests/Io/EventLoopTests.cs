using System.Collections.Concurrent;
using System.Diagnostics;
using Keepalived.Netlink.Io;

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
    public void Timer_ThatArmsItselfInThePast_StarvesNeitherOtherTimersNorWork()
    {
        using var loop = new EventLoop();
        var fired = new List<string>();
        LoopTimer eager = null!;
        eager = loop.CreateTimer(_ =>
        {
            if (fired.Count < 100)
                fired.Add("eager");
            eager.Arm(0);
        }, null);
        var patient = loop.CreateTimer(_ => fired.Add("patient"), null);
        eager.Arm(loop.Now);
        patient.Arm(loop.Now);
        loop.Schedule(_ =>
        {
            fired.Add("work");
            loop.Stop();
        }, null);

        loop.Run();

        Assert.That(fired, Does.Contain("patient"));
        Assert.That(fired, Does.Contain("work"));
        Assert.That(fired, Has.Count.LessThan(10));
    }

    [Test]
    public void Timers_AnyOrderOfArming_FireByDeadlineAndNeverEarly()
    {
        using var loop = new EventLoop();
        var start = loop.Now;
        var fired = new List<long>();
        var early = 0;
        int[] delays = [9, 3, 7, 1, 5, 3, 8];
        foreach (var delay in delays)
        {
            var deadline = start + (delay * MonotonicClock.Millisecond);
            loop.CreateTimer(state =>
            {
                fired.Add((long)state!);
                if (loop.Now < (long)state)
                    early++;
                if (fired.Count == delays.Length)
                    loop.Stop();
            }, deadline).Arm(deadline);
        }

        loop.Run();

        Assert.That(fired, Is.Ordered);
        Assert.That(early, Is.Zero);
        Assert.That(loop.Statistics.TimersFired, Is.EqualTo(delays.Length));
        Assert.That(loop.Statistics.TimerLateness.Count, Is.EqualTo(delays.Length));
        Assert.That(loop.Statistics.WakeLateness.Count, Is.InRange(1, delays.Length));
    }

    [Test]
    public void Timer_CancelledOrRearmed_FiresOnlyAtTheLastDeadline()
    {
        using var loop = new EventLoop();
        var start = loop.Now;
        var fired = new List<(string Name, long At)>();
        using var cancelled = loop.CreateTimer(_ => fired.Add(("cancelled", loop.Now)), null);
        using var earlier = loop.CreateTimer(_ => fired.Add(("earlier", loop.Now)), null);
        using var later = loop.CreateTimer(_ =>
        {
            fired.Add(("later", loop.Now));
            loop.Stop();
        }, null);
        cancelled.Arm(start + MonotonicClock.Millisecond);
        earlier.Arm(start + MonotonicClock.Second);
        later.Arm(start + MonotonicClock.Millisecond);
        cancelled.Cancel();
        earlier.Arm(start + (2 * MonotonicClock.Millisecond));
        later.Arm(start + (30 * MonotonicClock.Millisecond));

        Assert.That(cancelled.IsArmed, Is.False);
        Assert.That(cancelled.Deadline, Is.EqualTo(MonotonicClock.Never));
        Assert.That(later.Deadline, Is.EqualTo(start + (30 * MonotonicClock.Millisecond)));
        loop.Run();

        Assert.That(fired.Select(entry => entry.Name), Is.EqualTo(new[] { "earlier", "later" }));
        Assert.That(fired[1].At - start, Is.GreaterThanOrEqualTo(30 * MonotonicClock.Millisecond));
    }

    [Test]
    public void Timer_DisposedInACallbackOfTheSameTurn_DoesNotFire()
    {
        using var loop = new EventLoop();
        var now = loop.Now;
        var fired = 0;
        var second = loop.CreateTimer(_ => fired++, null);
        using var first = loop.CreateTimer(_ => second.Dispose(), null);
        first.Arm(now);
        second.Arm(now);
        loop.Schedule(_ => loop.Stop(), null);

        loop.Run();

        Assert.That(fired, Is.Zero);
        Assert.That(() => second.Arm(now), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Timer_ArmedFromAnotherThreadWhileTheLoopRuns_Throws()
    {
        using var loop = new EventLoop();
        using var timer = loop.CreateTimer(_ => { }, null);
        loop.Start();

        Assert.That(() => timer.Arm(loop.Now), Throws.InvalidOperationException);

        loop.Stop();
        loop.Dispose();
    }

    [Test]
    public void Timers_TenThousand_ArmFireAndCancelWithoutAllocation()
    {
        const int count = 10_000;
        using var loop = new EventLoop();
        var random = new Random(42);
        var fired = 0;
        var timers = new LoopTimer[count];
        for (var i = 0; i < count; i++)
            timers[i] = loop.CreateTimer(_ => fired++, null);
        var allocated = -1L;
        var rounds = 0;
        LoopTimer round = null!;
        long before = 0;
        round = loop.CreateTimer(_ =>
        {
            // The first round warms up.
            if (rounds == 1)
                before = GC.GetAllocatedBytesForCurrentThread();
            if (rounds == 4)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                loop.Stop();
                return;
            }

            var now = loop.Now;
            foreach (var timer in timers)
                timer.Arm(now + random.NextInt64(5 * MonotonicClock.Millisecond));
            for (var i = 0; i < count; i += 10)
                timers[i].Cancel();
            rounds++;
            round.Arm(now + (6 * MonotonicClock.Millisecond));
        }, null);
        round.Arm(loop.Now);

        loop.Run();

        Assert.That(allocated, Is.Zero);
        Assert.That(fired, Is.EqualTo(4 * count * 9 / 10));
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

    [Test]
    public async Task PeriodicTimer_OnTheLoopsTimeProvider_TicksOnTheLoopInPhase()
    {
        using var loop = new EventLoop();
        loop.Start();
        var ticks = new ConcurrentQueue<long>();
        var finished = new TaskCompletionSource<int>();

        async Task Tick()
        {
            var elsewhere = 0;
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(3), loop.TimeProvider);
            while (ticks.Count < 20 && await timer.WaitForNextTickAsync())
            {
                ticks.Enqueue(MonotonicClock.Now);
                if (!loop.IsInLoop)
                    elsewhere++;
            }

            finished.SetResult(elsewhere);
        }

        loop.Schedule(_ => _ = Tick(), null);

        Assert.That(await finished.Task.WaitAsync(Patience), Is.Zero);
        var times = ticks.ToArray();
        Assert.That(times[^1] - times[0], Is.GreaterThan(15 * 3 * MonotonicClock.Millisecond));
        Assert.That(times[^1] - times[0], Is.LessThan(MonotonicClock.Second));
    }

    [Test]
    public async Task TimeProviderTimer_ChangedAndDisposedFromOutside_Obeys()
    {
        using var loop = new EventLoop();
        loop.Start();
        var fired = new TaskCompletionSource();
        var wrong = 0;
        await using var never = loop.TimeProvider.CreateTimer(_ => wrong++, null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);
        await using var soon = loop.TimeProvider.CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        await never.DisposeAsync();
        soon.Change(TimeSpan.FromMilliseconds(80), Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(Patience);

        Assert.That(wrong, Is.Zero);
        Assert.That(never.Change(TimeSpan.Zero, TimeSpan.Zero), Is.False);
    }

    [TestCase(10, "USR1")]
    [TestCase(12, "USR2")]
    [TestCase(1, "HUP")]
    public async Task OnSignal_SignalToThisProcess_CallsBackOnTheLoop(int number, string name)
    {
        using var loop = new EventLoop();
        loop.Start();
        var received = new TaskCompletionSource<bool>();
        using var registration = loop.OnSignal((System.Runtime.InteropServices.PosixSignal)number, _ => received.TrySetResult(loop.IsInLoop), null);

        using (var kill = Process.Start("kill", ["-" + name, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();

        Assert.That(await received.Task.WaitAsync(Patience), Is.True);
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
    public void Statistics_CallbackHoldsUpATimer_TheLatenessIsOurs()
    {
        using var loop = new EventLoop(new EventLoopOptions { LongTurnThreshold = TimeSpan.FromMilliseconds(5) });
        var now = loop.Now;
        loop.CreateTimer(_ =>
        {
            var until = MonotonicClock.Now + (30 * MonotonicClock.Millisecond);
            while (MonotonicClock.Now < until)
                Thread.SpinWait(100);
        }, null).Arm(now);
        loop.CreateTimer(_ => loop.Stop(), null).Arm(now + MonotonicClock.Millisecond);

        loop.Run();

        var statistics = loop.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(statistics.TimerLateness.Maximum, Is.GreaterThan(28 * MonotonicClock.Millisecond));
            Assert.That(statistics.TimerLateness.Percentile(100), Is.EqualTo(statistics.TimerLateness.Maximum));
            Assert.That(statistics.TurnDuration.Maximum, Is.GreaterThanOrEqualTo(30 * MonotonicClock.Millisecond));
            Assert.That(statistics.LongTurns, Is.GreaterThanOrEqualTo(1));
            Assert.That(statistics.LongestTurnStarted, Is.GreaterThanOrEqualTo(now));
            Assert.That(statistics.WakeLateness.Count, Is.LessThan(statistics.TimerLateness.Count));
        });
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
