using BenchmarkDotNet.Attributes;
using Keepalived.Checkers;

namespace Keepalived.Benchmarks.Checkers;

/// <summary>What the rhythm itself costs: ten thousand probes that end at once.</summary>
[MemoryDiagnoser]
public class CheckSchedulerBenchmarks
{
    private const int Checkers = 10_000;

    private readonly StepTime _time = new();
    private CheckScheduler _scheduler = null!;
    private int _reports;

    [GlobalSetup]
    public void Setup()
    {
        _scheduler = new CheckScheduler(new CheckSchedulerOptions { TimeProvider = _time, OnReport = _ => _reports++ });
        var policy = new CheckPolicy { DelayLoop = TimeSpan.FromSeconds(1), WarmUp = TimeSpan.Zero };
        var checker = new Good();
        for (var i = 0; i < Checkers; i++)
            _scheduler.Add("server", checker, policy);
        _time.Step(CheckScheduler.StartDelay);
    }

    [GlobalCleanup]
    public async Task Cleanup() => await _scheduler.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Checkers)]
    public int Probe()
    {
        _time.Step(TimeSpan.FromSeconds(1));
        return _reports;
    }

    private sealed class Good : IChecker
    {
        public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(CheckResult.Success);
    }

    /// <summary>One timer, which fires at each step.</summary>
    private sealed class StepTime : TimeProvider, ITimer
    {
        private Action _fire = () => { };
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return this;
        }

        public void Step(TimeSpan by)
        {
            _now += by.Ticks;
            _fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _fire = () => { };

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
