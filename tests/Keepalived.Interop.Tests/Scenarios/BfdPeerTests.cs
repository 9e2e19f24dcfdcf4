using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>BFD of our daemon with other implementations: BIRD, and FRR's bfdd.</summary>
internal sealed class BfdPeerTests : BfdFixture
{
    private const string Fast = "interface \"*\" { interval 100 ms; idle tx interval 1 s; multiplier 20;";
    private static readonly string[] FrrRates = [" detect-multiplier 20", " receive-interval 100", " transmit-interval 100"];
    private static readonly string FrrPeer = $"peer {Lan.Address("a")} interface {Lan.Interface}";

    [Test, Scenario("bfd-bird")]
    public void Bird_OverIPv4_UpDetectedAndUpAgain()
    {
        var link = Link("a", "b");
        _ = link.Start(Build.Ours, "a", To("b"));
        using (var bird = Peer.Bird(link, "b", Fast + " };", Neighbor(Lan.Address("a"), Lan.Address("b"))))
        {
            ExpectUp(link, "a", "b");
            bird.Kill();
        }

        ExpectState(link, "a", BfdControl.Down);
        Assert.That(link.Wire.Bfd("a")[^1].Bfd!.Diagnostic, Is.EqualTo(BfdControl.Expired));
        using var again = Peer.Bird(link, "b", Fast + " };", Neighbor(Lan.Address("a"), Lan.Address("b")));
        ExpectUp(link, "a", "b");
    }

    [Test, Scenario("bfd-bird-ipv6")]
    public void Bird_OverIPv6_ComesUp()
    {
        var link = Link("a", "b");
        _ = link.Start(Build.Ours, "a", new BfdInstance { Neighbor = Lan.Global("b"), Lines = [$"source_ip {Lan.Global("a")}"] });
        using var bird = Peer.Bird(link, "b", Fast + " };", Neighbor(Lan.Global("a"), Lan.Global("b")));

        ExpectUp(link, "a", "b");
    }

    [Test, Scenario("bfd-bird-multihop")]
    public void Bird_OverSeveralHops_ComesUp()
    {
        var link = Link("a", "b");
        _ = link.Start(Build.Ours, "a", To("b") with { Lines = ["multihop", $"source_ip {Lan.Address("a")}", "max_hops 255"] });
        using var bird = Peer.Bird(
            link, "b", "multihop { interval 100 ms; multiplier 20; };", $"neighbor {Lan.Address("a")} local {Lan.Address("b")} multihop yes;");

        ExpectUp(link, "a", "b");
    }

    [TestCase("simple_password", "simple", 1), Scenario("bfd-bird-authentication")]
    [TestCase("keyed_md5", "keyed md5", 2)]
    [TestCase("meticulous_keyed_md5", "meticulous keyed md5", 3)]
    [TestCase("keyed_sha1", "keyed sha1", 4)]
    [TestCase("meticulous_keyed_sha1", "meticulous keyed sha1", 5)]
    public void Bird_WithAuthentication_ComesUp(string ours, string theirs, int type)
    {
        var link = Link("a", "b");
        _ = link.Start(
            Build.Ours, "a", To("b") with { Lines = ["authentication {", $"auth_type {ours}", "key 7 sesame", "}"] });
        using var bird = Peer.Bird(
            link, "b", $"{Fast} authentication {theirs}; password \"sesame\" {{ id 7; }}; }};", Neighbor(Lan.Address("a"), Lan.Address("b")));

        ExpectUp(link, "a", "b");
        Assert.That(link.Wire.Bfd("b").Select(static frame => frame.Bfd!.AuthenticationType), Is.All.EqualTo(type));
    }

    [Test, Scenario("bfd-bird-wrong-key")]
    public void Bird_WithAnotherKey_StaysDown()
    {
        var link = Link("a", "b");
        _ = link.Start(
            Build.Ours, "a", To("b") with { Lines = ["authentication {", "auth_type keyed_sha1", "key 7 sesame", "}"] });
        using var bird = Peer.Bird(
            link, "b", Fast + " authentication keyed sha1; password \"other\" { id 7; }; };", Neighbor(Lan.Address("a"), Lan.Address("b")));
        Expect.Within(Patience, () => link.Wire.Bfd("b").Count > 3 && link.Wire.Bfd("a").Count > 3, "both speak");

        Assert.That(link.Wire.Bfd("a").Select(static frame => frame.Bfd!.State), Is.All.EqualTo(BfdControl.Down));
    }

    [Test, Scenario("bfd-frr")]
    public void Frr_OverIPv4_UpAndDetected()
    {
        var link = Link("a", "b");
        _ = link.Start(Build.Ours, "a", To("b"));
        using var frr = Peer.Frr(link, "b", [FrrPeer, .. FrrRates]);
        ExpectUp(link, "a", "b");

        frr.Kill();

        ExpectState(link, "a", BfdControl.Down);
        Assert.That(link.Wire.Bfd("a")[^1].Bfd!.Diagnostic, Is.EqualTo(BfdControl.Expired));
    }

    [Test, Scenario("bfd-frr-admin-down")]
    public void Frr_ShutDown_IsFollowedAndIsNoFailureToVrrp()
    {
        var link = Link("a", "b");
        var a = link.Start(Build.Ours, "a", To("b"), Tracking(200));
        using var frr = Peer.Frr(link, "b", [FrrPeer, .. FrrRates]);
        ExpectUp(link, "a", "b");
        a.ExpectHolding(Lan.Vip, 10);
        var faults = Faults(a);

        frr.Configure(FrrPeer, "shutdown");

        ExpectState(link, "b", BfdControl.AdminDown);
        ExpectState(link, "a", BfdControl.Down);
        Assert.That(link.Wire.Bfd("a")[^1].Bfd!.Diagnostic, Is.EqualTo(BfdControl.NeighborDown));
        Assert.That((a.Holds(Lan.Vip), Faults(a)), Is.EqualTo((true, faults)));
        frr.Configure(FrrPeer, "no shutdown");
        ExpectUp(link, "a", "b");
    }

    [Test, Scenario("bfd-frr-parameters")]
    public void Parameters_ChangedByEither_AreNegotiatedWhileTheSessionStaysUp()
    {
        var link = Link("a", "b");
        var a = link.Start(Build.Ours, "a", To("b"));
        using var frr = Peer.Frr(link, "b", [FrrPeer, .. FrrRates]);
        ExpectUp(link, "a", "b");
        Expect.Within(Patience, () => Dump(a).Contains("\n   local tx intv = 100000 us\n", StringComparison.Ordinal), "the fast rate");

        frr.Configure(FrrPeer, "receive-interval 250");
        Expect.Within(Patience, () => Dump(a).Contains("\n   local tx intv = 250000 us\n", StringComparison.Ordinal), "what FRR can receive");
        a.Reload(To("b") with { Interval = 300 });
        Expect.Within(Patience, () => Dump(a).Contains("\n   local tx intv = 300000 us\n", StringComparison.Ordinal), "our slower rate");
        Assert.That(Dump(a), Does.Contain("\n   remote tx intv = 300000 us\n").And.Contain("\n   times down = 0\n"));
    }

    [Test, Scenario("bfd-frr-multihop")]
    public void Frr_OverSeveralHopsAndIPv6_ComesUp()
    {
        var link = Link("a", "b");
        _ = link.Start(
            Build.Ours, "a",
            new BfdInstance
            {
                Neighbor = Lan.Global("b"),
                Lines = ["multihop", $"source_ip {Lan.Global("a")}", "max_hops 255"],
            });
        using var frr = Peer.Frr(link, "b", [$"peer {Lan.Global("a")} multihop local-address {Lan.Global("b")}", .. FrrRates]);

        ExpectUp(link, "a", "b");
    }

    private static string Neighbor(string remote, string local) => $"neighbor {remote} dev \"{Lan.Interface}\" local {local};";
}
