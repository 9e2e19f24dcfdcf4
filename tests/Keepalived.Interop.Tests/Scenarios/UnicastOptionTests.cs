using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>What may be said of unicast adverts and their senders.</summary>
internal sealed class UnicastOptionTests : ScenarioFixture
{
    private static readonly VrrpInstance Instance = new();

    private static IEnumerable<TestCaseData> Distances => Pairs.All.SelectMany(static pair => (TestCaseData[])
    [
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], 200, " min_ttl 201", false),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], 200, " min_ttl 200", true),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], 200, " max_ttl 199", false),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], 200, " min_ttl 100 max_ttl 200", true),
    ]);

    [TestCaseSource(nameof(Distances)), Scenario("unicast-ttl-limits")]
    public void Peer_WithLimits_IsHeardWithinThem(object first, object second, int ttl, string limits, bool isHeard)
    {
        var link = Link("a", "b");
        var a = link.Start((Build)first, "a", Unicast("a", "b", 200, $"unicast_ttl {ttl}"));
        a.ExpectHolding(Lan.Vip, 8);
        var b = link.Start((Build)second, "b", Unicast("b", "a", 100) with { Peers = [Lan.Address("a") + limits] });

        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(2)).Advert!.Ttl, Is.EqualTo(ttl));
        if (!isHeard)
        {
            b.ExpectHolding(Lan.Vip, 8);
            return;
        }

        b.ExpectLog("Entering BACKUP STATE", 8);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !b.Holds(Lan.Vip), $"{b} hears {a}");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("unicast-ttl")]
    public void HopLimit_OverIPv6_IsTheConfiguredOne(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", Instance with
        {
            Addresses = ["fe80::100/64"],
            Peers = [Lan.Global("b")],
            Lines = ["unicast_ttl 18", $"unicast_src_ip {Lan.Global("a")}"],
        });
        // There is no such neighbour: what asks for it is seen, not the advert. The stranger has an address that answers.
        link.Ip(Lan.Stranger, $"address add {Lan.Global("b")}/64 dev eth0 nodad");
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!.Ttl, Is.EqualTo(18));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("unicast-ttl-without-peers")]
    public void TimeToLive_WithoutPeers_IsThatOfMulticast(Build build, Build other)
    {
        var link = Link("a");
        link.Start(build, "a", Instance with { Lines = ["unicast_ttl 19"] });
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!.Ttl, Is.EqualTo(255));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("unicast-fault-no-peer")]
    public void FaultWithoutPeer_IsInFaultInsteadOfMulticasting(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", Instance with { Lines = [$"unicast_src_ip {Lan.Address("a")}", "unicast_fault_no_peer"] });
        a.ExpectLog("FAULT", 8);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !a.Holds(Lan.Vip), $"{a} is in FAULT");
        Assert.That(link.Wire.Adverts("a"), Is.Empty);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("unicast-old-checksum")]
    public void OldChecksum_IsSentAndHeardAndDetected(Build first, Build second)
    {
        AllowsDefects = true;
        var link = Link("a", "b");
        var a = link.Start(first, "a", Unicast("a", "b", 200, "old_unicast_checksum"));
        a.ExpectHolding(Lan.Vip, 8);
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(2)).Advert!.Defects, Is.EqualTo(new[] { "checksum" }), "as if it went to the group");

        var b = link.Start(second, "b", Unicast("b", "a", 100));
        b.ExpectLog("Entering BACKUP STATE", 8);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !b.Holds(Lan.Vip), $"{b} detects the old form");

        b.Stop();
        b.Configure(Unicast("b", "a", 100, "old_unicast_checksum never"));
        b.Start();
        b.ExpectHolding(Lan.Vip, 8);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("v3-checksum-as-v2")]
    public void ChecksumAsVersion2_CoversTheMessageOnly_AndIsUnderstoodByDefault(Build first, Build second)
    {
        AllowsDefects = true;
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance with { Priority = 200, Lines = ["v3_checksum_as_v2"] });
        a.ExpectHolding(Lan.Vip, 8);
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(2)).Advert!;
        Assert.That(Wire.InternetChecksum.Sum(advert.Payload), Is.EqualTo(0xffff), "of the message alone");

        var b = link.Start(second, "b", Instance);
        b.ExpectLog("Entering BACKUP STATE", 8);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !b.Holds(Lan.Vip), $"{b} understands it");
    }

    private static VrrpInstance Unicast(string self, string other, int priority, params string[] lines) => Instance with
    {
        Priority = priority,
        Peers = [Lan.Address(other)],
        Lines = [.. lines, $"unicast_src_ip {Lan.Address(self)}"],
    };
}
