using System.Globalization;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Chaos;

namespace Keepalived.Simulation.Tests;

/// <summary>Whatever happens to a network of routers: the invariants of <see cref="Invariants"/> hold.</summary>
public sealed class ChaosTests
{
    private const int Seeds = 8000;
    private const int SoakSeed = 1_000_000_000;
    private static readonly TimeSpan RestOfSoak = TimeSpan.FromHours(4);

    [Test]
    public void ThousandsOfSeeds_TheInvariantsHold([Range(0, 7)] int part)
    {
        var totals = new ChaosTotals();
        for (var seed = part; seed < Seeds; seed += 8)
            ChaosRun.Check(seed, totals);
        TestContext.Out.WriteLine(totals);
        Assert.That(totals.Runs, Is.EqualTo(Seeds / 8));
    }

    /// <summary>The nightly run: KEEPALIVED_SIMULATION_HOURS simulated hours, long times of rest between the troubles.</summary>
    [Test]
    public void Soak_ForTheHoursAskedFor_TheInvariantsHold()
    {
        var hours = Variable("KEEPALIVED_SIMULATION_HOURS") ?? 20;
        var totals = new ChaosTotals();
        for (var seed = SoakSeed; totals.Time.TotalHours < hours; seed++)
            ChaosRun.Check(seed, totals, MonotonicClock.FromTimeSpan(RestOfSoak));
        TestContext.Out.WriteLine(totals);
        Assert.That(totals.Time.TotalHours, Is.AtLeast(hours));
    }

    /// <summary>KEEPALIVED_SIMULATION_SEED: one seed, with its trace.</summary>
    [Test]
    public void Seed_IsReplayedToTheLetter()
    {
        var seed = Variable("KEEPALIVED_SIMULATION_SEED") ?? 1;
        var rest = seed >= SoakSeed ? MonotonicClock.FromTimeSpan(RestOfSoak) : 0;
        var trace = ChaosRun.Describe(seed, rest);
        TestContext.Out.WriteLine(trace);
        Assert.That(trace, Is.Not.Empty.And.EqualTo(ChaosRun.Describe(seed, rest)));
        ChaosRun.Check(seed, new ChaosTotals(), rest);
    }

    private static int? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
