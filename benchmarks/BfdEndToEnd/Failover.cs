namespace Keepalived.BfdEndToEnd;

/// <summary>
/// How soon VRRP follows BFD: a master that tracks a session, whose neighbour is killed. Times begin when the detection time has passed since
/// the last packet of that neighbour, and end with the master's advert of priority 0.
/// </summary>
/// <param name="Median">Of the times, in ms.</param>
/// <param name="P99">Of the times, in ms.</param>
/// <param name="MedianAfterDown">The same from the packet that says Down to the neighbour; negative if the advert was first.</param>
/// <param name="Rounds">How many were seen from beginning to end.</param>
/// <param name="Stall">The longest that a real-time thread of ours was kept from running.</param>
internal sealed record Failover(double Median, double P99, double MedianAfterDown, int Rounds, TimeSpan Stall)
{
    private const double DetectionMilliseconds = 30;
    private static readonly Load One = new(1, 10, 3, RealTime: true);

    public static Failover Run(Implementation implementation, int rounds)
    {
        var (times, afterDown) = (new List<double>(), new List<double>());
        var stall = TimeSpan.Zero;
        for (var round = 0; round < rounds; round++)
        {
            using var lab = new Lab(1);
            lab.StartDaemon(implementation, 1, One);
            lab.Start(Implementation.Bird, 2, One);
            using var there = new Wire(lab.Open(2), downsOnly: false);
            using var here = new Wire(lab.Open(1), downsOnly: false);
            if (!here.WaitUntilUp() || !there.WaitUntil(static wire => wire.Adverts.Any(static advert => advert.Priority > 0)))
                continue;
            lab.Kill(2);
            Thread.Sleep(300);
            var last = here.Packets.LastOrDefault(static packet => packet.State == 3).Time;
            var released = there.Adverts.FirstOrDefault(advert => advert.Time > last && advert.Priority == 0).Time;
            var down = there.Packets.FirstOrDefault(packet => packet.Time > last && packet.State == 1).Time;
            stall = here.LongestStall > stall ? here.LongestStall : stall;
            if (last == 0 || released == 0 || down == 0)
                continue;
            times.Add(((released - last) / 1e6) - DetectionMilliseconds);
            afterDown.Add((released - down) / 1e6);
        }

        return new Failover(Percentile(times, 0.5), Percentile(times, 0.99), Percentile(afterDown, 0.5), times.Count, stall);
    }

    private static double Percentile(List<double> times, double share)
    {
        times.Sort();
        return times.Count == 0 ? double.NaN : times[(int)(times.Count * share)];
    }
}
