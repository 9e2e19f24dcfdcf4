using System.Diagnostics;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests;

public sealed class CheckSchedulerTests
{
    private static readonly CheckPolicy Every10 = new()
    {
        DelayLoop = TimeSpan.FromSeconds(10),
        DelayBeforeRetry = TimeSpan.FromSeconds(1),
        Retries = 1,
        WarmUp = TimeSpan.Zero,
    };

    private ManualTimeProvider _time = new();
    private List<CheckReport> _reports = [];
    private double _origin;

    [SetUp]
    public void StartAnew()
    {
        _time = new ManualTimeProvider();
        _reports = [];
        _origin = Elapsed(since: 0);
    }

    [Test]
    public async Task Rhythm_OfAGoodServer_FirstAfterOneSecondThenEveryDelayLoop()
    {
        await using var scheduler = Scheduler();
        var checker = ScriptedChecker.Always(CheckResult.Success);
        scheduler.Add("a", checker, Every10);
        Advance(0.999);
        Assert.That(checker.Probes, Is.Zero);
        Advance(0.001);
        Assert.That(checker.Probes, Is.EqualTo(1));
        Advance(9.999);
        Assert.That(checker.Probes, Is.EqualTo(1));
        Advance(0.001);
        Assert.That(checker.Probes, Is.EqualTo(2));
        Advance(10_000);
        Assert.That(checker.Probes, Is.EqualTo(1002), "no drift");
    }

    [Test]
    public async Task Rhythm_AfterAFailure_IsThatOfTheRetries()
    {
        await using var scheduler = Scheduler();
        var bad = CheckResult.Failure("x");
        var results = new Queue<CheckResult>([CheckResult.Success, bad, bad, CheckResult.Success]);
        var times = new List<double>();
        var checker = new ScriptedChecker(_ =>
        {
            times.Add(Elapsed());
            return ValueTask.FromResult(results.Dequeue());
        });
        scheduler.Add("a", checker, Every10);
        Advance(25);
        Assert.That(times, Is.EqualTo(new[] { 1.0, 11, 12, 22 }).Within(1e-9));
        Assert.That(_reports.Select(report => report.Verdict.Decision),
            Is.EqualTo(new[] { CheckDecision.Up, CheckDecision.None, CheckDecision.Down, CheckDecision.Up }));
    }

    [Test]
    public async Task Rhythm_CountsFromTheEndOfAProbe_OrFromItsStartWhenAskedTo()
    {
        await using var scheduler = Scheduler();
        var (fromEnd, fromStart) = (new TaskCompletionSource<CheckResult>(), new TaskCompletionSource<CheckResult>());
        var end = new ScriptedChecker(_ => new ValueTask<CheckResult>(fromEnd.Task));
        var start = new ScriptedChecker(_ => new ValueTask<CheckResult>(fromStart.Task));
        scheduler.Add("end", end, Every10);
        scheduler.Add("start", start, Every10 with { FromStart = true });
        Advance(4);
        fromEnd.SetResult(CheckResult.Success);
        fromStart.SetResult(CheckResult.Success);
        Assert.That(() => _reports.Count, Is.EqualTo(2).After(30_000, 5), "the probes may end on another thread");
        Assert.That(_reports.Select(report => report.Duration.TotalSeconds), Is.All.EqualTo(3).Within(1e-9));
        Advance(7);
        Assert.That((end.Probes, start.Probes), Is.EqualTo((1, 2)));
        Advance(3);
        Assert.That((end.Probes, start.Probes), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Probes_OfASlowServer_NeverOverlapAndDelayNobody()
    {
        await using var scheduler = Scheduler();
        var slow = new ScriptedChecker(async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return CheckResult.Success;
        });
        var quick = ScriptedChecker.Always(CheckResult.Success);
        scheduler.Add("slow", slow, Every10 with { FromStart = true });
        scheduler.Add("quick", quick, Every10);
        Advance(1000);
        Assert.That((slow.Probes, slow.MostAtATime, scheduler.Running), Is.EqualTo((1, 1, 1)));
        Assert.That(quick.Probes, Is.EqualTo(100));
    }

    [Test]
    public async Task WarmUp_SpreadsTheFirstProbes()
    {
        await using var scheduler = Scheduler();
        var times = new List<double>();
        for (var i = 0; i < 1000; i++)
        {
            var checker = new ScriptedChecker(_ =>
            {
                times.Add(Elapsed());
                return ValueTask.FromResult(CheckResult.Success);
            });
            scheduler.Add($"{i}", checker, Every10 with { WarmUp = null });
        }

        Advance(11.001); // Timers count milliseconds, and round up.
        Assert.That(times, Has.Count.EqualTo(1000));
        Assert.That(times.Min(), Is.GreaterThanOrEqualTo(1));
        Assert.That(times.GroupBy(time => Math.Min((int)time, 10)).Select(second => second.Count()), Is.All.InRange(60, 140));
    }

    [Test]
    public async Task Dispose_OfAChecker_EndsItsProbeAndItsReports()
    {
        await using var scheduler = Scheduler();
        var ended = new TaskCompletionSource();
        var checker = new ScriptedChecker(async ct =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
                return CheckResult.Success;
            }
            finally
            {
                ended.SetResult();
            }
        });
        var entry = scheduler.Add("a", checker, Every10);
        var idle = scheduler.Add("b", ScriptedChecker.Always(CheckResult.Success), Every10 with { WarmUp = TimeSpan.FromDays(1) });
        Advance(1);
        entry.Dispose();
        entry.Dispose();
        idle.Dispose();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Advance(200_000);
        Assert.That((checker.Probes, _reports.Count, scheduler.Count), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public async Task IsEnabled_Cleared_PausesTheProbes()
    {
        await using var scheduler = Scheduler();
        var checker = ScriptedChecker.Always(CheckResult.Success);
        var entry = scheduler.Add("a", checker, Every10);
        entry.IsEnabled = false;
        Advance(35);
        Assert.That(checker.Probes, Is.Zero);
        entry.IsEnabled = true;
        Advance(10);
        Assert.That(checker.Probes, Is.EqualTo(1));
    }

    [Test]
    public async Task Exceptions_OfCheckersAndReceivers_DoNotEndTheRhythm()
    {
        var seen = 0;
        await using var scheduler = new CheckScheduler(new CheckSchedulerOptions
        {
            TimeProvider = _time,
            OnReport = report =>
            {
                seen++;
                _reports.Add(report);
                throw new InvalidOperationException("receiver");
            },
        });
        scheduler.Add("throws", new ScriptedChecker(_ => throw new NotSupportedException("no such thing")), Every10 with { Retries = 0 });
        Advance(25);
        Assert.That(seen, Is.EqualTo(3));
        Assert.That(_reports[0].Result, Is.EqualTo(CheckResult.Failure("no such thing")));
        Assert.That(_reports[0].Checker.State.IsUp, Is.False);
    }

    [Test]
    public async Task Dispose_OfTheScheduler_WaitsForTheProbes()
    {
        var scheduler = Scheduler();
        var release = new TaskCompletionSource<CheckResult>();
        var checker = new ScriptedChecker(_ => new ValueTask<CheckResult>(release.Task));
        scheduler.Add("stubborn", checker, Every10);
        Advance(1);
        var disposing = scheduler.DisposeAsync().AsTask();
        Assert.That(disposing.IsCompleted, Is.False, "a probe is under way");
        release.SetResult(CheckResult.Success);
        await disposing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(_reports, Is.Empty);
        Assert.That(() => scheduler.Add("late", checker, Every10), Throws.InstanceOf<ObjectDisposedException>());
        await scheduler.DisposeAsync();
    }

    [Test]
    public async Task Reports_FromManyThreads_ComeOneAtATimeAndAll()
    {
        const int Checkers = 64;
        var (inside, most, count) = (0, 0, 0);
        var done = new TaskCompletionSource();
        await using var scheduler = new CheckScheduler(new CheckSchedulerOptions
        {
            OnReport = _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                if (++count == Checkers * 50)
                    done.TrySetResult();
                Interlocked.Decrement(ref inside);
            },
        });
        var policy = Every10 with { DelayLoop = TimeSpan.FromTicks(1) };
        for (var i = 0; i < Checkers; i++)
        {
            scheduler.Add($"{i}", new ScriptedChecker(async _ =>
            {
                await Task.Yield();
                return CheckResult.Success;
            }), policy);
        }

        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task TenThousandCheckers_ForAnHour_OneTimerAndEveryProbeInTime()
    {
        const int Checkers = 10_000;
        var count = 0;
        var always = ScriptedChecker.Always(CheckResult.Success);
        var stopwatch = Stopwatch.StartNew();
        await using (var scheduler = new CheckScheduler(new CheckSchedulerOptions
        {
            TimeProvider = _time,
            Random = new Random(1),
            OnReport = _ => count++,
        }))
        {
            for (var i = 0; i < Checkers; i++)
                scheduler.Add($"{i}", always, Every10 with { WarmUp = null });
            Advance(100);
        }

        Assert.That(count, Is.InRange(Checkers * 9, Checkers * 10));
        Assert.That(_time.Fired, Is.LessThanOrEqualTo(count + 1), "a timer wakes for a probe, or not at all");
        Assert.That(stopwatch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    private CheckScheduler Scheduler() =>
        new(new CheckSchedulerOptions { TimeProvider = _time, Random = new Random(1), OnReport = _reports.Add });

    private void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private double Elapsed() => Elapsed(_origin);

    private double Elapsed(double since) => ((double)_time.GetTimestamp() / _time.TimestampFrequency) - since;
}
