namespace Keepalived.BfdEndToEnd;

/// <summary>How late a killed peer is noticed: from its last packet to the word of it, less the detection time.</summary>
internal sealed record KilledPeer(double Median, double P99, TimeSpan Stall)
{
    private const double DetectionMilliseconds = 30;
    private static readonly Load One = new(1, 10, 3, RealTime: true);

    public static KilledPeer Run(Implementation implementation, int rounds)
    {
        var times = new List<double>();
        var stall = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            using var lab = new Lab(1);
            lab.Start(implementation, 1, One);
            lab.Start(implementation, 2, One);
            using var there = new Wire(lab.Open(2), downsOnly: false);
            using var here = new Wire(lab.Open(1), downsOnly: false);
            if (!here.WaitUntilUp())
                continue;
            lab.Kill(2);
            Thread.Sleep(150);
            var last = here.Packets.LastOrDefault(static packet => packet.State == 3);
            var word = there.Packets.FirstOrDefault(packet => packet.Time > last.Time && packet.State == 1);
            if (last.Time != 0 && word.Time != 0)
                times.Add(((word.Time - last.Time) / 1e6) - DetectionMilliseconds);
            stall = here.LongestStall > stall ? here.LongestStall : stall;
        }

        times.Sort();
        return times.Count == 0
            ? new KilledPeer(double.NaN, double.NaN, stall)
            : new KilledPeer(times[times.Count / 2], times[(int)(times.Count * 0.99)], stall);
    }
}
