using System.Collections.Concurrent;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class EventLoopTimerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

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
        var fired = new List<long>();
        var early = 0;
        int[] delays = [9, 3, 7, 1, 5, 3, 8];
        // All are armed in one turn, however late the machine is.
        loop.Schedule(_ =>
        {
            var start = loop.Now;
            foreach (var delay in delays)
                ArmAt(start + (delay * MonotonicClock.Millisecond));
        }, null);
        void ArmAt(long deadline) => loop.CreateTimer(state =>
        {
            fired.Add((long)state!);
            if (loop.Now < (long)state)
                early++;
            if (fired.Count == delays.Length)
                loop.Stop();
        }, deadline).Arm(deadline);

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
        // Later if this took longer: what is past counts as now.
        Assert.That(later.Deadline, Is.GreaterThanOrEqualTo(start + (30 * MonotonicClock.Millisecond)));
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
        await using var soon = loop.TimeProvider.CreateTimer(
            _ => fired.TrySetResult(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        await never.DisposeAsync();
        soon.Change(TimeSpan.FromMilliseconds(80), Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(Patience);

        Assert.That(wrong, Is.Zero);
        Assert.That(never.Change(TimeSpan.Zero, TimeSpan.Zero), Is.False);
    }

    [Test]
    public void OnLateTimer_IsToldOncePerTurn_OfTheLatest_AndOnlyAboveTheThreshold()
    {
        var told = new List<TimeSpan>();
        using var loop = new EventLoop(new EventLoopOptions { LateTimerThreshold = TimeSpan.FromMilliseconds(25), OnLateTimer = told.Add });
        var now = loop.Now;
        loop.CreateTimer(_ => Thread.Sleep(40), null).Arm(now);
        loop.CreateTimer(_ => { }, null).Arm(now + MonotonicClock.Millisecond);
        loop.CreateTimer(_ => loop.Stop(), null).Arm(now + (2 * MonotonicClock.Millisecond));

        loop.Run();

        Assert.That(told, Is.Not.Empty.And.Count.LessThan(3));
        Assert.That(told[^1], Is.GreaterThan(TimeSpan.FromMilliseconds(25)));
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
}
