using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Malformed adverts, many or few: no state changes, no advert is missed. (The real one falls silent; it is not asked.)</summary>
internal sealed class FloodTests : ScenarioFixture
{
    private const int PerSecond = 20_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    [Test, NonParallelizable, Scenario("flood-v2")]
    public void Version2_TwentyThousandBadFramesASecond_ChangeNothing() =>
        Flood(new VrrpInstance { Version = 2, Interval = 1 }, MalformedAdverts.Version2);

    [Test, NonParallelizable, Scenario("flood-v3"), Scenario("flood-v3-bad-checksum")]
    public void Version3_TwentyThousandBadFramesASecond_ChangeNothing() => Flood(new VrrpInstance(), MalformedAdverts.Version3);

    [Test, NonParallelizable, Scenario("flood-ipv6")]
    public void IPv6_TwentyThousandBadFramesASecond_ChangeNothing() =>
        Flood(new VrrpInstance { Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }, MalformedAdverts.IPv6);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("trickle-bad-packets"), Scenario("trickle-at-backup")]
    public void Version3_AFewBadFramesASecond_ChangeNothing(Build first, Build second)
    {
        var link = Link("a", "b");
        var instance = new VrrpInstance { Interval = 0.4 };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 6);
        b.ExpectNotHolding(Lan.Vip, 3);

        var since = WallClock.Now;
        using var stranger = new Injector(link);
        var next = 0;
        using (new Repeater(() => stranger.Send(MalformedAdverts.Version3[next++ % MalformedAdverts.Version3.Length]),
            TimeSpan.FromMilliseconds(100)))
        {
            Thread.Sleep(TimeSpan.FromSeconds(4));
        }

        // The real one believes an interval of zero, takes over, and yields again: that is its own affair.
        Undisturbed(link, a, second == Build.Ours ? b : null, instance, since);
    }

    private void Flood(VrrpInstance instance, byte[][] frames)
    {
        if (Pairs.Oracle)
            Assert.Ignore("every bad frame restarts the real one's advertisement timer");
        var link = Link("a", "b");
        var vip = instance.Addresses[^1].Split('/')[0];
        var a = link.Start(Build.Ours, "a", instance with { Priority = 200 });
        var b = link.Start(Build.Ours, "b", instance with { Priority = 100 });
        a.ExpectHolding(vip, 8);
        b.ExpectNotHolding(vip, 3);

        var since = WallClock.Now;
        using var stranger = new Injector(link);
        var sent = stranger.Flood(frames, PerSecond, Duration);

        Assert.That(sent, Is.GreaterThan(PerSecond * Duration.TotalSeconds * 0.9), "the flood itself");
        Undisturbed(link, a, b, instance, since);
    }

    private static void Undisturbed(Lan link, Router a, Router? b, VrrpInstance instance, long since)
    {
        var vip = instance.Addresses[^1].Split('/')[0];
        long[] times = [since, .. link.Wire.Adverts("a", since).Select(frame => frame.Time), WallClock.Now];
        var gap = times.Zip(times.Skip(1)).Max(pair => WallClock.Between(pair.First, pair.Second)).TotalSeconds;
        Assert.Multiple(() =>
        {
            Assert.That(gap, Is.LessThan(1.75 * instance.Interval), "longest gap between the master's adverts (s)");
            Assert.That(link.Wire.Adverts("a", since).All(frame => frame.Advert!.Priority == 200), Is.True);
            Assert.That(a.Holds(vip), Is.True);
            if (b is null)
                return;
            Assert.That(link.Wire.Adverts("b", since).Count, Is.Zero, "adverts of the backup");
            Assert.That(b.Holds(vip), Is.False);
        });
    }
}
