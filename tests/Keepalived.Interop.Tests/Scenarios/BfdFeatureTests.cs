using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What only our configuration knows of BFD: echo, demand mode, sessions that neighbours open, profiles, AdminDown.</summary>
internal sealed class BfdFeatureTests : BfdFixture
{
    // Echo packets are missed after 2 s; control packets, once a second then, after 20.
    private static readonly string[] Echo =
        [$"interface {Lan.Interface}", "echo_tx 50", "min_echo_rx 50", "echo_multiplier 40", "min_rx_with_echo 1000"];

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("bfd-echo")]
    public void Echo_OfBoth_ComesBackAndItsLossIsNoticedFirst(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b") with { Lines = Echo });
        var b = link.Start(second, "b", To("a") with { Lines = Echo });
        ExpectUp(link, "a", "b");
        ExpectDump(a, "echo = active");
        Expect.Within(Patience, () => link.Wire.Bfd("b")[^1].Bfd!.RequiredMinRx == 1_000_000, "control packets slow down");

        _ = b.Crash();

        ExpectState(link, "a", BfdControl.Down);
        Assert.That(link.Wire.Bfd("a")[^1].Bfd!.Diagnostic, Is.EqualTo(BfdControl.EchoFailed));
        Assert.That(Dump(a), Does.Contain("local diag = Echo Function Failed"));
    }

    [Test, Scenario("bfd-frr-echo")]
    public void Echo_WithFrr_ComesBack()
    {
        var link = Link("a", "b");
        Command.Run("ip", ["netns", "exec", link.Namespace("b"), "sysctl", "-qw", "net.ipv4.conf.all.forwarding=1"]);
        var a = link.Start(Build.Ours, "a", To("b") with { Lines = Echo });
        using var frr = Peer.Frr(
            link, "b", $"peer {Lan.Address("a")} local-address {Lan.Address("b")} interface {Lan.Interface}", " detect-multiplier 20",
            " receive-interval 100", " transmit-interval 100", " echo-mode", " echo transmit-interval 50", " echo receive-interval 50");
        ExpectUp(link, "a", "b");

        ExpectDump(a, "echo = active");
        Expect.Within(Patience, () => DumpedNumber(a, "echo packets received") > 20, "our echoes come back");
        Assert.That(DumpedNumber(a, "times down"), Is.Zero);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("bfd-demand")]
    public void DemandMode_OfBoth_IsSilentAndStillNoticesADeath(Build first, Build second)
    {
        string[] lines = ["demand_mode", "demand_poll_interval 1000"];
        var link = Link("a", "b");
        _ = link.Start(first, "a", To("b") with { Lines = lines });
        var b = link.Start(second, "b", To("a") with { Lines = lines });
        ExpectUp(link, "a", "b");
        Expect.Within(
            Patience,
            () => link.Wire.Bfd("a").TakeLast(3).Count(static frame => frame.Bfd!.Demand) == 3
                && link.Wire.Bfd("b").TakeLast(3).Count(static frame => frame.Bfd!.Demand) == 3,
            "both ask for silence");

        var since = WallClock.Now;
        Thread.Sleep(3000);
        Assert.That(link.Wire.Bfd("a", since), Has.Count.LessThan(15), "3 polls and answers, not 30 packets");

        _ = b.Crash();
        ExpectState(link, "a", BfdControl.Down);
        Assert.That(link.Wire.Bfd("a")[^1].Bfd!.Diagnostic, Is.EqualTo(BfdControl.Expired));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-unsolicited")]
    public void Unsolicited_NeighborOfThePrefix_OpensASession_WhichEndsWithIt(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", $$"""
            bfd_unsolicited {
                interfaces {
                    {{Lan.Interface}}
                }
                prefixes {
                    10.90.0.0/24
                }
                min_rx 100
                min_tx 100
                multiplier 20
            }
            """);
        var b = link.Start(second, "b", To("a"));
        ExpectUp(link, "a", "b");
        Assert.That(Dump(a), Does.Contain($"BFD Unsolicited session = {Lan.Address("b")}%{Lan.Interface}"));

        _ = b.Crash();

        Expect.Within(Patience, () => !Dump(a).Contains("Unsolicited session =", StringComparison.Ordinal), "the session is gone");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-profile")]
    public void Profile_ChangedByAReload_ChangesItsSessions(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Profile(100), Instance("peer", Lan.Address("b")));
        _ = link.Start(second, "b", To("a"));
        ExpectSettled(link, "a", "b");
        var reloaded = WallClock.Now;

        a.Reload(Profile(200), Instance("peer", Lan.Address("b")));

        Expect.Within(
            Patience,
            () => link.Wire.Bfd("a", reloaded).Any(static frame => frame.Bfd is { DesiredMinTx: 200_000, RequiredMinRx: 200_000, Poll: false }),
            "the other rate is announced, and the poll for it is over");
        Assert.That(link.Wire.Bfd("a", reloaded).Select(static frame => frame.Bfd!.State), Is.All.EqualTo(BfdControl.Up));

        static string Profile(int interval) =>
            $"bfd_profile wan {{\n    min_rx {interval}\n    min_tx {interval}\n    multiplier 20\n}}";

        static string Instance(string name, string neighbor) =>
            $"bfd_instance {name} {{\n    neighbor_ip {neighbor}\n    profile wan\n}}";
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("bfd-admin-down-keyword")]
    public void AdminDown_OfAReload_IsToldAndIsNoFailureToVrrp(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", To("b"), Tracking(200));
        _ = link.Start(second, "b", To("a"));
        ExpectUp(link, "a", "b");
        a.ExpectHolding(Lan.Vip, 10);
        var faults = Faults(a);

        a.Reload(To("b") with { Lines = ["admin_down"] }, Tracking(200));

        ExpectState(link, "a", BfdControl.AdminDown);
        ExpectState(link, "b", BfdControl.Down);
        Assert.That((a.Holds(Lan.Vip), Faults(a)), Is.EqualTo((true, faults)), "RFC 5882 section 4.2");
        a.Reload(To("b"), Tracking(200));
        ExpectUp(link, "a", "b");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("bfd-dump")]
    public void Dump_HasTheLabelsOfTheRealOne_AndNoSecrets(Build build)
    {
        if (build != Build.Ours)
            Assert.Inconclusive("this compares ours with the real one");
        var link = Link("a", "b");
        var a = link.Start(
            Build.Ours, "a",
            To("b") with { Lines = [$"source_ip {Lan.Address("a")}"] },
            new BfdInstance { Name = "other", Neighbor = Lan.Address(Lan.Stranger), Lines = ["vrrp", "authentication {", "auth_type keyed_sha1", "key 7 sesame", "}"] });
        var b = link.Start(Build.Real, "b", To("a") with { Lines = [$"source_ip {Lan.Address("b")}"] });
        ExpectUp(link, "a", "b");

        var (ours, theirs) = (Dump(a), Dump(b));

        // Descriptors and threads of the original are its own matter.
        var labels = Labels(theirs).Where(static label => !label.Contains("fd_", StringComparison.Ordinal)
            && !label.StartsWith("   thread_", StringComparison.Ordinal) && !label.StartsWith("   sands_", StringComparison.Ordinal)).ToList();
        Assert.That(labels, Has.Count.GreaterThan(20));
        Assert.That(labels.Except(Labels(ours)), Is.Empty);
        Assert.That(ours, Does.Contain("\n   local state = Up\n").And.Contain("\n   remote state = Up\n").And.Contain("\n   remote detect multiplier = 20\n"));
        Assert.That(ours, Does.Contain("keyed_sha1 key 7 (signs)").And.Contain("send event to checker process = No").And.Contain("last seen = [never]"));
        Assert.That(ours, Does.Not.Contain("sesame"));
    }

    private static List<string> Labels(string dump)
    {
        var topology = dump[dump.IndexOf("< BFD Topology >", StringComparison.Ordinal)..];
        return [.. topology.Split('\n').Where(static line => line.Contains(" = ", StringComparison.Ordinal))
            .Select(static line => line[..line.IndexOf(" = ", StringComparison.Ordinal)]).Distinct()];
    }

    private static void ExpectDump(Router router, string text) =>
        Expect.Within(Patience, () => Dump(router).Contains(text, StringComparison.Ordinal), $"{router} says '{text}'");

    private static long DumpedNumber(Router router, string label)
    {
        var line = Dump(router).Split('\n').FirstOrDefault(line => line.StartsWith($"   {label} = ", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[(line.IndexOf('=', StringComparison.Ordinal) + 2)..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
