using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>RFC 9468 on a real link.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class UnsolicitedTests
{
    private static readonly BfdUnsolicitedOptions Allowed = new()
    {
        Interfaces = [TestLink.Interface],
        Prefixes = [InetPrefix.Parse("10.92.0.0/24")],
        Session = TestLink.Quick with { Role = BfdRole.Passive, DetectMultiplier = 10 },
    };

    [Test]
    public async Task Neighbour_OnAnAllowedInterface_OpensASession_WhichEndsWithItsSilence()
    {
        using var link = new TestLink();
        var kinds = new List<BfdEventKind>();
        var a = await link.StartAsync('a', new BfdEndpointOptions { Unsolicited = Allowed, Observer = happened => kinds.Add(happened.Kind) });
        var b = (await link.StartAsync('b', TestLink.Neighbor('b') with { Session = TestLink.Quick with { DetectMultiplier = 10 } })).Neighbors[0];
        await TestLink.Expect(b, BfdState.Up);
        await TestLink.Expect(() => a.UnsolicitedNeighbors is [{ State: BfdState.Up }], "an unsolicited session that is up");
        var opened = a.UnsolicitedNeighbors[0];
        Assert.That((opened.Name, opened.IsUnsolicited), Is.EqualTo(("10.92.0.2%eth0", true)));

        link.Ip('b', "link set eth0 down");
        await TestLink.Expect(() => a.UnsolicitedNeighbors.IsEmpty, "the end of the session");
        Assert.That(kinds, Does.Contain(BfdEventKind.Removed));
        link.Ip('b', "link set eth0 up");
        await TestLink.Expect(b, BfdState.Up);
    }

    [Test]
    public async Task Neighbour_OutsideThePrefixes_OpensNothing()
    {
        using var link = new TestLink();
        var a = await link.StartAsync(
            'a', new BfdEndpointOptions { Unsolicited = Allowed with { Prefixes = [InetPrefix.Parse("10.93.0.0/24")] } });
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(() => a.DiscardedPackets > 0, "a discarded packet");
        Assert.That(a.UnsolicitedNeighbors, Is.Empty);
    }

    [Test]
    public async Task SetUnsolicited_ToNone_EndsTheSessions_ConfiguredOneTakesOver()
    {
        using var link = new TestLink();
        var a = await link.StartAsync('a', new BfdEndpointOptions { Unsolicited = Allowed });
        var b = (await link.StartAsync('b', TestLink.Neighbor('b'))).Neighbors[0];
        await TestLink.Expect(() => a.UnsolicitedNeighbors is [{ State: BfdState.Up }], "an unsolicited session that is up");
        await a.ApplyAsync([TestLink.Neighbor('a')]);
        Assert.That(a.UnsolicitedNeighbors, Is.Empty);
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
        await a.SetUnsolicitedAsync(null);
        await TestLink.Expect(b, BfdState.Up);
    }
}
