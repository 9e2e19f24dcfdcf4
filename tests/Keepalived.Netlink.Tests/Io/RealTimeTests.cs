using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class RealTimeTests
{
    [Test]
    public void SetBatch_NeedsNoPrivilege_AndIsTheThreadsOwn()
    {
        var thread = new Thread(() =>
        {
            RealTime.SetBatch().ThrowIfFailed("be in the background");
            Assert.That(File.ReadAllText("/proc/thread-self/sched"), Does.Match(@"policy\s*:\s*3"));
            RealTime.SetOrdinary().ThrowIfFailed("be ordinary");
        });
        thread.Start();
        thread.Join();
    }

    [Test]
    public void SetRoundRobin_ThenOrdinary_IsTheThreadsOwn()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs CAP_SYS_NICE");
        var (during, after, child) = OnThread(() =>
        {
            RealTime.SetRoundRobin(5).ThrowIfFailed("be real-time");
            var inherited = OnThread(() => RealTime.Priority);
            var during = RealTime.Priority;
            RealTime.SetOrdinary().ThrowIfFailed("be ordinary");
            return (during, RealTime.Priority, inherited);
        });

        Assert.That((during, after, child), Is.EqualTo((5, 0, 0)));
        Assert.That(RealTime.Priority, Is.Zero);
        Assert.That(() => RealTime.SetRoundRobin(100), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Budget_OfALoopWithMuchToDo_MakesItPauseBetweenCallbacks()
    {
        using var loop = new EventLoop(new EventLoopOptions { RealTimeBudget = TimeSpan.FromMilliseconds(1) });
        loop.Start();
        using var done = new CountdownEvent(40);
        for (var i = 0; i < done.InitialCount; i++)
        {
            loop.Schedule(
                _ =>
                {
                    var end = MonotonicClock.Now + MonotonicClock.Millisecond;
                    while (MonotonicClock.Now < end)
                        Thread.SpinWait(100);
                    done.Signal();
                },
                null);
        }

        Assert.That(done.Wait(TimeSpan.FromSeconds(20)));
        // The first may have begun right after a wait.
        Assert.That(loop.Statistics.Pauses, Is.GreaterThanOrEqualTo(done.InitialCount - 2));
    }

    [Test]
    public async Task Budget_OfALoopThatWaits_IsNotTouched()
    {
        using var loop = new EventLoop(new EventLoopOptions { RealTimeBudget = TimeSpan.FromSeconds(5) });
        loop.Start();
        for (var i = 0; i < 20; i++)
        {
            await loop.InvokeAsync(static () => Task.CompletedTask);
            await Task.Delay(2);
        }

        Assert.That(loop.Statistics.Pauses, Is.Zero);
    }

    [Test]
    public void SetAffinity_ToNoCpuThatExists_SaysEinval()
    {
        var result = OnThread(() => RealTime.SetAffinity([4095]));

        Assert.That(result.Error, Is.EqualTo(Errno.EINVAL));
        Assert.That(result.ToString(), Does.Contain("EINVAL"));
        Assert.That(() => result.ThrowIfFailed("move"), Throws.TypeOf<SystemCallException>().With.Message.Contains("move"));
    }

    [Test]
    public void SetAffinity_ToTheFirstCpu_IsTheThreadsOwn()
    {
        var all = RealTime.GetAffinity();

        var inside = OnThread(() =>
        {
            RealTime.SetAffinity([all[0]]).ThrowIfFailed("move");
            return RealTime.GetAffinity();
        });

        Assert.That(inside, Is.EqualTo(new[] { all[0] }));
        Assert.That(RealTime.GetAffinity(), Is.EqualTo(all));
    }

    [Test]
    public void SetLimit_RealTimeCpu_IsWhatIsRead()
    {
        var (soft, hard) = RealTime.GetLimit(ResourceLimit.RealTimeCpu);
        var wanted = Math.Min(hard, 10_000_000);
        try
        {
            Assert.That(RealTime.SetLimit(ResourceLimit.RealTimeCpu, wanted, hard).Succeeded, Is.True);
            Assert.That(RealTime.GetLimit(ResourceLimit.RealTimeCpu), Is.EqualTo((wanted, hard)));
        }
        finally
        {
            RealTime.SetLimit(ResourceLimit.RealTimeCpu, soft, hard);
        }
    }

    [Test]
    public void SetLimit_SoftAboveHard_SaysEinval()
    {
        var (_, hard) = RealTime.GetLimit(ResourceLimit.Core);
        Assume.That(hard, Is.GreaterThan(0));

        Assert.That(RealTime.SetLimit(ResourceLimit.Core, hard, hard - 1).Error, Is.EqualTo(Errno.EINVAL));
    }

    [Test]
    public void SetTimerSlack_IsTheThreadsOwn()
    {
        var slack = OnThread(() =>
        {
            RealTime.SetTimerSlack(1234).ThrowIfFailed("set the slack");
            return RealTime.TimerSlack;
        });

        Assert.That(slack, Is.EqualTo(1234));
    }

    [Test]
    public void SetNice_IsTheThreadsOwn()
    {
        var result = OnThread(() => RealTime.SetNice(5));

        Assert.That(result, Is.EqualTo(SystemCallResult.Success));
    }

    [Test]
    public void LockMemory_ThenUnlock_LocksWithoutTouchingEverything()
    {
        var result = RealTime.LockMemory();
        Assume.That(result.Error, Is.Not.EqualTo(Errno.EPERM).And.Not.EqualTo(Errno.ENOMEM), "needs CAP_IPC_LOCK");
        try
        {
            var locked = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmLck:", StringComparison.Ordinal));
            Assert.That(locked, Does.Not.Match(@"VmLck:\s+0 kB"));
        }
        finally
        {
            Assert.That(RealTime.UnlockMemory().Succeeded, Is.True);
        }
    }

    private static T OnThread<T>(Func<T> function)
    {
        var result = default(T)!;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }
}
