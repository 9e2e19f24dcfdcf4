using BenchmarkDotNet.Attributes;
using Keepalived.Netlink.Io;

namespace Keepalived.Benchmarks.Io;

/// <summary>What a deadline costs among many: armed, moved, cancelled, fired.</summary>
[MemoryDiagnoser]
public class TimerHeapBenchmarks
{
    private EventLoop _loop = null!;
    private TimerHeap _heap = null!;
    private LoopTimer[] _timers = null!;
    private LoopTimer _spare = null!;
    private long[] _deadlines = null!;
    private int _next;

    [Params(100, 10_000)]
    public int Timers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _loop = new EventLoop();
        _heap = new TimerHeap();
        _heap.EnsureCapacity(Timers + 1);
        _deadlines = [.. Enumerable.Range(0, 4096).Select(_ => random.NextInt64(MonotonicClock.Second))];
        _timers = [.. Enumerable.Range(0, Timers).Select(_ => _loop.CreateTimer(static _ => { }, null))];
        _spare = _loop.CreateTimer(static _ => { }, null);
        foreach (var timer in _timers)
            _heap.Set(timer, random.NextInt64(MonotonicClock.Second));
    }

    [GlobalCleanup]
    public void Cleanup() => _loop.Dispose();

    /// <summary>A master-down timer that an advert puts off.</summary>
    [Benchmark]
    public void Rearm() => _heap.Set(_timers[_next++ % Timers], _deadlines[_next & 4095]);

    [Benchmark]
    public void ArmAndCancel()
    {
        _heap.Set(_spare, _deadlines[_next++ & 4095]);
        _heap.Remove(_spare);
    }

    /// <summary>An advert timer that falls due and is armed anew, behind all others.</summary>
    [Benchmark]
    public void FireAndRearm()
    {
        var deadline = _heap.EarliestDeadline;
        _heap.Set(_heap.RemoveEarliest(), deadline + MonotonicClock.Second);
    }
}
