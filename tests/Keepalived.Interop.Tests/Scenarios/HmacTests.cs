using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Adverts signed by a keyed hash, <c>auth_hmac</c>. The real one knows it since 2.4; what it sends is among the captures.</summary>
internal sealed class HmacTests : ScenarioFixture
{
    private const double Interval = 0.5;
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    private static readonly byte[] NewKey = [.. Enumerable.Range(100, 64).Select(static i => (byte)i)];

    private static readonly string FirstKey = $"key 1 hex:{Convert.ToHexString(Key)}";
    private static readonly string SecondKey = $"key 2 hex:{Convert.ToHexString(NewKey)}";

    private static readonly VrrpInstance Plain = new() { Interval = Interval };

    private static IEnumerable<TestCaseData> Kinds => Pairs.OursOnly.SelectMany(static pair => (TestCaseData[])
    [
        new TestCaseData(new VrrpInstance { Version = 2, Interval = 1 }, Lan.Vip).SetArgDisplayNames("version 2").SetCategory("auth-hmac-v2"),
        new TestCaseData(Plain, Lan.Vip).SetArgDisplayNames("version 3").SetCategory("auth-hmac-v3"),
        new TestCaseData(Plain with { Addresses = ["fe80::100/64", "2001:db8:90::100/64"] }, "2001:db8:90::100").SetArgDisplayNames("IPv6")
            .SetCategory("auth-hmac-ipv6"),
    ]);

    [TestCaseSource(nameof(Kinds))]
    public void Enforce_SameKey_ElectAndStop(VrrpInstance kind, string address)
    {
        var link = Link("a", "b");
        var instance = Hmac(kind, FirstKey, "active_key 1");
        var a = link.Start(Build.Ours, "a", instance with { Priority = 200 });
        var b = link.Start(Build.Ours, "b", instance);

        a.ExpectHolding(address, 8);
        Expect.Throughout(TimeSpan.FromSeconds(2), () => !b.Holds(address), $"{b} stays backup");
        Assert.That(a.Stop(), Is.Zero);
        b.ExpectHolding(address, 3);
        link.Wire.Advert("b", TimeSpan.FromSeconds(2));

        foreach (var station in (string[])["a", "b"])
        {
            var adverts = link.Wire.Adverts(station).Select(static frame => frame.Advert!).ToList();
            Assert.That(adverts.All(static advert => Signatures.HasTag(advert, 1, Key)), Is.True);
            Assert.That(adverts.Select(static advert => advert.Sequence), Is.Ordered.Ascending.And.Unique);
        }
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("auth-hmac-mismatch")]
    public void Enforce_OtherKeyOrNone_EachBelievesItIsAlone(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        var a = link.Start(first, "a", Hmac(Plain, FirstKey, "active_key 1") with { Priority = 200 });
        var b = link.Start(second, "b", Hmac(Plain, $"key 1 {new string('x', 32)}", "active_key 1") with { Priority = 150 });
        var c = link.Start(second, "c", Plain);

        a.ExpectHolding(Lan.Vip, 6);
        b.ExpectHolding(Lan.Vip, 3);
        c.ExpectHolding(Lan.Vip, 3);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => a.Holds(Lan.Vip) && b.Holds(Lan.Vip) && c.Holds(Lan.Vip), "three masters");
        a.ExpectLog("HmacInvalid", 1);
        a.ExpectLog("HmacMissing", 1);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("auth-hmac-rollout")]
    public void RollOut_InSweepsOfReloads_MovesNothing(Build first, Build second)
    {
        var link = Link("a", "b");
        string[] steps = ["", "mode receive-only", "mode permissive", "mode enforce"];
        var (a, b) = Start(link, first, second, Plain);

        foreach (var step in steps[1..])
            Sweep(link, a, b, Hmac(Plain, FirstKey, "active_key 1", step));

        AssertNothingMoved(link, a, b);
        Assert.That(Signatures.HasTag(link.Wire.Adverts("a")[^1].Advert!, 1, Key), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("auth-hmac-rotation")]
    public void Rotation_OfKeysByReload_MovesNothing(Build first, Build second)
    {
        var link = Link("a", "b");
        var (a, b) = Start(link, first, second, Hmac(Plain, FirstKey, "active_key 1"));

        Sweep(link, a, b, Hmac(Plain, FirstKey, SecondKey, "active_key 1"));
        Sweep(link, a, b, Hmac(Plain, FirstKey, SecondKey, "active_key 2"));
        Sweep(link, a, b, Hmac(Plain, SecondKey, "active_key 2"));

        AssertNothingMoved(link, a, b);
        Assert.That(Signatures.HasTag(link.Wire.Adverts("a")[^1].Advert!, 2, NewKey), Is.True);
        Assert.That(link.Wire.Adverts("a").Select(static frame => frame.Advert!.Sequence), Is.Ordered.Ascending.And.Unique);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("auth-hmac-unicast")]
    public void Unicast_TwoPeers_GetTheSameTrailer(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        VrrpInstance At(string self, params string[] others) => Hmac(Plain, FirstKey, "active_key 1") with { Peers = [.. others.Select(Lan.Address)] };
        var a = link.Start(first, "a", At("a", "b", "c") with { Priority = 200 });
        var b = link.Start(second, "b", At("b", "a", "c") with { Priority = 150 });
        link.Start(second, "c", At("c", "a", "b"));
        a.ExpectHolding(Lan.Vip, 6);
        link.Wire.Advert("a", TimeSpan.FromSeconds(2));
        Thread.Sleep(TimeSpan.FromSeconds(2 * Interval));

        var copies = link.Wire.Adverts("a").Select(static frame => frame.Advert!).GroupBy(static advert => advert.Sequence).SkipLast(1).ToList();
        Assert.That(copies, Is.Not.Empty);
        foreach (var copy in copies)
        {
            Assert.That(copy.Select(static advert => advert.Destination.ToString()), Is.EqualTo([Lan.Address("b"), Lan.Address("c")]));
            Assert.That(copy.First().Trailer, Is.EqualTo(copy.Last().Trailer));
        }

        Assert.That(a.Stop(), Is.Zero);
        b.ExpectHolding(Lan.Vip, 3);
    }

    /// <summary>Whoever records the master's adverts cannot keep the backup quiet with them after the master's death.</summary>
    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("flood-hmac")]
    public void Backup_RecordedAdvertsOfADeadMaster_TakesOverInTime(Build first, Build second)
    {
        var link = Link("a", "b");
        var (a, b) = Start(link, first, second, Hmac(Plain, FirstKey, "active_key 1"));
        var recorded = link.Wire.Adverts("a").Select(static frame => frame.Bytes).ToArray();
        using var stranger = new Injector(link);

        var died = a.Crash();
        var last = link.Wire.Adverts("a")[^1].Time;
        AllowsDefects = true;
        stranger.Flood(recorded, 500, TimeSpan.FromSeconds(2.5));

        var taken = link.Wire.Advert("b", TimeSpan.FromSeconds(1), died);
        Expect.Duration(WallClock.Between(last, taken.Time), 3000 * Interval, 1000, "last advert to takeover");
        Assert.That(b.Holds(Lan.Vip), Is.True);
        b.ExpectLog("HmacReplay", 1);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("auth-hmac-file")]
    public void KeyFile_OfTheSameKey_IsTheSameKey(Build first, Build second)
    {
        var link = Link("a", "b");
        var file = Path.Combine(link.Folder, "vrrp.key");
        File.WriteAllText(file, $"hex:{Convert.ToHexString(Key)}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var a = link.Start(first, "a", Hmac(Plain, $"key 1 file:{file}", "active_key 1") with { Priority = 200 });
        var b = link.Start(second, "b", Hmac(Plain, FirstKey, "active_key 1"));

        a.ExpectHolding(Lan.Vip, 6);
        Expect.Throughout(TimeSpan.FromSeconds(2.5), () => !b.Holds(Lan.Vip), $"{b} stays backup");
    }

    [TestCase("time_window 5", -20, false), Scenario("auth-hmac-window")]
    [TestCase("time_window 60", -20, true)]
    [TestCase("time_window 60", -90, false)]
    [TestCase("time_window 60", 20, true)]
    [TestCase("time_window 5", 20, false)]
    [TestCase("anti_replay monotonic", -90, true)]
    [TestCase("anti_replay time", -90, false)]
    public void AdvertOfAnotherTime_IsHeardWithinTheWindow(string line, int seconds, bool isHeard)
    {
        if (Pairs.Oracle)
            Assert.Ignore("this real one has no such keyword");
        var link = Link("a");
        var a = link.Start(Build.Ours, "a", Hmac(Plain with { Interval = 0.2 }, FirstKey, "active_key 1", line));
        a.ExpectHolding(Lan.Vip, 8);
        using var stranger = new Injector(link);

        stranger.Send(AdvertBuilder.Signed(254, 20, [Lan.Vip], 1, Key, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds));
        if (!isHeard)
            a.ExpectLog("HmacStale", 5);
        else
            Expect.Within(TimeSpan.FromSeconds(5), Yielded, $"{a} yields");
        Assert.That(Yielded(), Is.EqualTo(isHeard));

        bool Yielded() => a.Log.Any(static line => line.EndsWith("Entering BACKUP STATE", StringComparison.Ordinal));
    }

    private static (Router A, Router B) Start(Lan link, Build first, Build second, VrrpInstance instance)
    {
        var a = link.Start(first, "a", instance with { Priority = 200 });
        a.ExpectHolding(Lan.Vip, 8);
        var b = link.Start(second, "b", instance);
        b.ExpectLog("Entering BACKUP STATE", 8);
        Expect.Throughout(TimeSpan.FromSeconds(2), () => !b.Holds(Lan.Vip), $"{b} stays backup");
        return (a, b);
    }

    /// <summary>Reloads both, the backup first, and gives each the time to go wrong.</summary>
    private static void Sweep(Lan link, Router a, Router b, VrrpInstance instance)
    {
        b.Reload(instance);
        Expect.Throughout(TimeSpan.FromSeconds(4 * Interval), () => !b.Holds(Lan.Vip), $"{b} stays backup");
        a.Reload(instance with { Priority = 200 });
        Expect.Throughout(TimeSpan.FromSeconds(4 * Interval), () => a.Holds(Lan.Vip) && !b.Holds(Lan.Vip), $"{a} stays master");
        Assert.That(link.Wire.Adverts("b"), Is.Empty);
    }

    private static void AssertNothingMoved(Lan link, Router a, Router b)
    {
        Assert.That(a.Holds(Lan.Vip) && !b.Holds(Lan.Vip), Is.True);
        Assert.That(link.Wire.Adverts("a").All(static frame => frame.Advert!.Priority == 200), Is.True);
        Assert.That(b.Log.Any(static line => line.Contains("Discarded", StringComparison.Ordinal)), Is.False, "every advert was understood");
    }

    private static VrrpInstance Hmac(VrrpInstance instance, params string[] lines) =>
        instance with { Lines = [.. instance.Lines, "auth_hmac {", .. lines.Select(static line => "    " + line), "}"] };
}
