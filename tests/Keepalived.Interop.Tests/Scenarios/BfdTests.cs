using System.Globalization;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>BFD out of the daemon: sessions with the original, and what becomes of them.</summary>
internal sealed class BfdTests : BfdFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("bfd-up")]
    public void Session_OverIPv4_ComesUpAndKeepsToTheRules(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"));
        _ = link.Start(second, "b", To("a"));

        ExpectUp(link, "a", "b");

        if (a.Build == Build.Ours)
        {
            var frames = link.Wire.Bfd("a").Select(static frame => frame.Bfd!).ToList();
            Assert.That(frames.Select(static bfd => bfd.HopLimit), Is.All.EqualTo(255));
            Assert.That(frames.Select(static bfd => bfd.SourcePort), Is.All.InRange(49152, 65535).And.All.EqualTo(frames[0].SourcePort));
        }
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("bfd-ipv6")]
    public void Session_OverIPv6_ComesUp(Build first, Build second)
    {
        var link = Link("a", "b");
        _ = link.Start(first, "a", new BfdInstance { Neighbor = Lan.Global("b"), Lines = [$"source_ip {Lan.Global("a")}"] });
        _ = link.Start(second, "b", new BfdInstance { Neighbor = Lan.Global("a"), Lines = [$"source_ip {Lan.Global("b")}"] });

        ExpectUp(link, "a", "b");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("bfd-link-local")]
    public void Session_WithALinkLocalNeighbor_ComesUp(Build first, Build second)
    {
        var link = Link("a", "b");
        _ = link.Start(first, "a", new BfdInstance { Neighbor = Lan.LinkLocal("b"), Lines = [$"interface {Lan.Interface}"] });
        _ = link.Start(second, "b", new BfdInstance { Neighbor = Lan.LinkLocal("a"), Lines = [$"interface {Lan.Interface}"] });

        ExpectUp(link, "a", "b");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("bfd-multihop-authenticated")]
    public void Session_OverSeveralHopsWithAuthentication_ComesUp(Build first, Build second)
    {
        string[] lines = ["multihop", "authentication {", "auth_type meticulous_keyed_sha1", "key 3 sesame", "}"];
        var link = Link("a", "b");
        _ = link.Start(first, "a", To("b") with { Lines = lines });
        _ = link.Start(second, "b", To("a") with { Lines = lines });

        ExpectUp(link, "a", "b");

        Assert.That(link.Wire.Bfd("a").Select(static frame => frame.Bfd!.Port), Is.All.EqualTo(4784));
        Assert.That(link.Wire.Bfd("a").Select(static frame => frame.Bfd!.AuthenticationType), Is.All.EqualTo(5));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-admin-down"), Scenario("bfd-restart")]
    public void Stop_InOrder_SaysAdminDownAndComesUpAgainAfterwards(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"));
        _ = link.Start(second, "b", To("a"));
        ExpectUp(link, "a", "b");

        Assert.That(a.Stop(), Is.Zero);

        var last = link.Wire.Bfd("a")[^1].Bfd!;
        Assert.That((last.State, last.Diagnostic), Is.EqualTo((BfdControl.AdminDown, BfdControl.AdministrativelyDown)));
        ExpectState(link, "b", BfdControl.Down);
        a.Start();
        ExpectUp(link, "a", "b");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("bfd-detect")]
    public void Neighbor_Killed_IsDetectedInTime(Build first, Build second)
    {
        var quick = To("b") with { Multiplier = 8 };
        var link = Link("a", "b");
        _ = link.Start(first, "a", quick);
        var b = link.Start(second, "b", quick with { Neighbor = Lan.Address("a") });
        ExpectUp(link, "a", "b");

        _ = b.Crash();

        ExpectState(link, "a", BfdControl.Down);
        var lastHeard = link.Wire.Bfd("b")[^1].Time;
        var down = link.Wire.Bfd("a").First(frame => frame.Time > lastHeard && frame.Bfd!.State == BfdControl.Down);
        Assert.That(down.Bfd!.Diagnostic, Is.EqualTo(BfdControl.Expired));
        Assert.That((down.Time - lastHeard) / 1e6, Is.InRange(quick.DetectionTime.TotalMilliseconds - 5, 5000), "ms until it is said");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("bfd-reload")]
    public void Reload_OtherIntervals_AreNegotiatedWhileTheSessionStaysUp(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"));
        _ = link.Start(second, "b", To("a"));
        ExpectSettled(link, "a", "b");
        var discriminator = link.Wire.Bfd("a")[^1].Bfd!.MyDiscriminator;
        var reloaded = WallClock.Now;

        a.Reload(To("b") with { Interval = 150 });

        Expect.Within(
            Patience,
            () => link.Wire.Bfd("a", reloaded).Any(static frame => frame.Bfd is { DesiredMinTx: 150_000, RequiredMinRx: 150_000, Poll: true })
                && link.Wire.Bfd("b", reloaded).Any(static frame => frame.Bfd!.Final),
            "the new intervals are polled for and acknowledged");
        Assert.That(link.Wire.Bfd("a", reloaded).Select(static frame => frame.Bfd!.State), Is.All.EqualTo(BfdControl.Up));
        Assert.That(link.Wire.Bfd("b", reloaded).Select(static frame => frame.Bfd!.State), Is.All.EqualTo(BfdControl.Up));
        Assert.That(link.Wire.Bfd("a", reloaded).Select(static frame => frame.Bfd!.MyDiscriminator), Is.All.EqualTo(discriminator));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-reload-untouched")]
    public void Reload_AnotherSessionAdded_LeavesTheFirstAlone(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"));
        _ = link.Start(second, "b", To("a"));
        ExpectSettled(link, "a", "b");
        var reloaded = WallClock.Now;

        a.Reload(To("b"), To(Lan.Stranger) with { Name = "other" });

        Expect.Within(
            Patience, () => link.Wire.Bfd("a", reloaded).Any(static frame => frame.Bfd!.Destination == Lan.Address(Lan.Stranger)),
            "the new session speaks");
        var old = link.Wire.Bfd("a", reloaded).Where(static frame => frame.Bfd!.Destination == Lan.Address("b")).ToList();
        Assert.That(old.Select(static frame => (frame.Bfd!.State, frame.Bfd.Poll)), Is.All.EqualTo((BfdControl.Up, false)));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-child-killed")]
    public void BfdChild_Killed_ComesBackAndVrrpHoldsItsAddress(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"), Tracking(200));
        _ = link.Start(second, "b", To("a"));
        ExpectUp(link, "a", "b");
        a.ExpectHolding(Lan.Vip, 10);
        var child = a.BfdPid ?? throw new InvalidOperationException("no BFD pid file");
        var faults = Faults(a);

        _ = Libc.SendSignal(child, Libc.Kill);

        Expect.Within(Patience, () => a.BfdPid is { } pid && pid != child, "a new BFD child");
        var restarted = WallClock.Now;
        Expect.Within(Patience, () => link.Wire.Bfd("a", restarted).Any(static frame => frame.Bfd!.State == BfdControl.Up), "up again");
        Assert.That(a.Holds(Lan.Vip), Is.True);
        Assert.That(Faults(a), Is.EqualTo(faults), "a restart of BFD is no failure of the path");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-vrrp-child-killed")]
    public void VrrpChild_Killed_LearnsThePresentStateAndTakesTheAddressBack(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"), Tracking(200));
        _ = link.Start(second, "b", To("a"));
        ExpectUp(link, "a", "b");
        a.ExpectHolding(Lan.Vip, 10);
        var child = a.VrrpPid ?? throw new InvalidOperationException("no VRRP pid file");
        var bfd = a.BfdPid;

        _ = Libc.SendSignal(child, Libc.Kill);

        Expect.Within(Patience, () => a.VrrpPid is { } pid && pid != child, "a new VRRP child");
        link.Wire.Advert("a", Patience, WallClock.Now, static advert => advert.Priority == 200);
        Assert.That(a.BfdPid, Is.EqualTo(bfd), "BFD is not concerned");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("bfd-failover")]
    public void TrackedNeighbor_Dies_TheOtherRouterTakesOver(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        var a = link.Start(first, "a", To("c"), Tracking(200));
        var b = link.Start(second, "b", Instance(100));
        var c = link.Start(Build.Real, "c", To("a"));
        ExpectUp(link, "a", "c");
        a.ExpectHolding(Lan.Vip, 10);

        _ = c.Crash();

        b.ExpectHolding(Lan.Vip, 10);
        a.ExpectNotHolding(Lan.Vip, 2);
        a.ExpectLog("Entering FAULT STATE", 2);
        var lastHeard = link.Wire.Bfd("c")[^1].Time;
        var down = link.Wire.Bfd("a").First(frame => frame.Time > lastHeard && frame.Bfd!.State == BfdControl.Down);
        var last = link.Wire.Adverts("a")[^1];
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{a}: priority {last.Advert!.Priority} {(last.Time - down.Time) / 1e6:0.000} ms after the packet that says down"));

        link.Start(Build.Real, "c", To("a"));
        a.ExpectHolding(Lan.Vip, 15);
        b.ExpectNotHolding(Lan.Vip, 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("bfd-weight")]
    public void TrackedNeighbor_WithWeight_ChangesThePriority(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        _ = link.Start(first, "a", To("c") with { Lines = ["weight -40"] }, Tracking(120));
        _ = link.Start(second, "b", Instance(100));
        var c = link.Start(Build.Real, "c", To("a"));
        ExpectUp(link, "a", "c");
        link.Wire.Advert("a", Patience, WallClock.Now, static advert => advert.Priority == 120);

        _ = c.Crash();

        link.Wire.Advert("a", Patience, WallClock.Now, static advert => advert.Priority == 80);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("bfd-port-taken")]
    public void Ports_HeldByAnother_DoNotEndTheDaemon(Build build)
    {
        if (build != Build.Ours)
            Assert.Inconclusive("only ours promises that");
        var link = Link("a", "b");
        using var other = Peer.Bird(link, "a", $"neighbor {Lan.Address("b")} dev \"{Lan.Interface}\" local {Lan.Address("a")};");
        Expect.Within(Patience, () => Command.Run("ip", ["netns", "exec", link.Namespace("a"), "ss", "-Huln"]).Contains(":3784 "), "BIRD has it");

        var a = link.Start(build, "a", To("b"), Instance(100));

        a.ExpectHolding(Lan.Vip, 10);
        Assert.That(a.IsRunning, Is.True);
    }
}
