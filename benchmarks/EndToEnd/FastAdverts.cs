using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>Adverts every ten milliseconds while both processors are busy.</summary>
internal static class FastAdverts
{
    private const string RealTime = "global_defs {\n    vrrp_rt_priority 50\n}";
    private static readonly TimeSpan Observed = TimeSpan.FromSeconds(10);
    private static readonly VrrpInstance Instance = new() { Interval = 0.01 };

    /// <summary>Milliseconds: all but one gap of a thousand between a master's adverts are shorter.</summary>
    public static double Gap(Build build)
    {
        using var link = new Lan("a");
        var a = link.Start(build, "a", RealTime, Instance with { Priority = 200 });
        a.ExpectHolding(Lan.Vip, 5);
        using var busy = new BusyProcessors();
        Thread.Sleep(500);
        var since = WallClock.Now;
        Thread.Sleep(Observed);
        var times = link.Wire.Adverts("a", since).Select(frame => frame.Time).ToArray();
        double[] gaps = [.. times.Zip(times.Skip(1), (one, next) => WallClock.Between(one, next).TotalMilliseconds).Order()];
        return gaps[(int)(gaps.Length * 0.999)];
    }

    /// <summary>How often a backup takes over from a master that is there.</summary>
    public static double FalseTakeovers(Build build, bool realTime)
    {
        var globals = realTime ? RealTime : "";
        using var link = new Lan("a", "b");
        var a = link.Start(build, "a", globals, Instance with { Priority = 200 });
        a.ExpectHolding(Lan.Vip, 5);
        var b = link.Start(build, "b", globals, Instance with { Priority = 100 });
        b.ExpectLog("Entering BACKUP STATE", 5);
        Thread.Sleep(500);
        var before = Takeovers(b);
        using var busy = new BusyProcessors();
        Thread.Sleep(2 * Observed);
        return Takeovers(b) - before;
    }

    private static int Takeovers(Router router) =>
        router.Log.Count(line => line.Contains("Entering MASTER STATE", StringComparison.OrdinalIgnoreCase));
}
