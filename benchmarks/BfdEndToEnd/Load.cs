using System.Diagnostics;

namespace Keepalived.BfdEndToEnd;

/// <summary>Many sessions between two ends of one implementation.</summary>
internal sealed record Load(int Sessions, int Milliseconds, int Multiplier, bool RealTime = false, bool Busy = false)
{
    public LoadResult Run(Implementation implementation, TimeSpan observed)
    {
        using var lab = new Lab(Sessions);
        lab.Start(implementation, 1, this);
        lab.Start(implementation, 2, this);
        WaitUntilUp(lab);
        using var busy = Busy ? new BusyCores() : null;
        using var wire = new Wire(lab.Open(2), downsOnly: true);
        Thread.Sleep(500);
        wire.Reset();
        var (sent, time, clock) = (lab.Sent(1) + lab.Sent(2), lab.RunTime(1), Stopwatch.GetTimestamp());
        Thread.Sleep(observed);
        var elapsed = Stopwatch.GetElapsedTime(clock);
        time = lab.RunTime(1) - time;
        sent = lab.Sent(1) + lab.Sent(2) - sent;
        return new LoadResult(
            time / 1000.0 / (sent / 2.0), time / elapsed.TotalNanoseconds * 100, sent / elapsed.TotalSeconds, wire.Detections, wire.LongestStall);
    }

    // Nobody's own word for it is needed: when all are up, the packets flow at the fast rate.
    private void WaitUntilUp(Lab lab)
    {
        var expected = Sessions * 1000.0 / Milliseconds;
        var clock = Stopwatch.GetTimestamp();
        for (var steady = 0; steady < 3 && Stopwatch.GetElapsedTime(clock) < TimeSpan.FromSeconds(15);)
        {
            var before = lab.Sent(1);
            Thread.Sleep(500);
            steady = (lab.Sent(1) - before) * 2 > expected * 0.6 ? steady + 1 : 0;
        }
    }
}
