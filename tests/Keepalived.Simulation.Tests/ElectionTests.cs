using CsCheck;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests;

/// <summary>Several routers together, in virtual time.</summary>
public sealed class ElectionTests
{
    private const long Second = RouterHarness.Second;

    [TestCase(VrrpVersion.V2)]
    [TestCase(VrrpVersion.V3)]
    public void Election_ThreeRouters_TheBestIsMasterAlone(VrrpVersion version)
    {
        var lan = Lan(version, 100, 200, 150);
        lan.Run(20 * Second);
        Assert.That(States(lan), Is.EqualTo(new[] { VrrpState.Backup, VrrpState.Master, VrrpState.Backup }));
        Assert.That(lan.Holders.Single(), Is.SameAs(lan.Nodes[1]));
    }

    [Test]
    public void Election_OverIPv6_Works()
    {
        var lan = new VirtualLan();
        lan.Add(RouterHarness.V3IPv6(100) with { SourceAddress = InetAddress.Parse("fe80::1") });
        lan.Add(RouterHarness.V3IPv6(200) with { SourceAddress = InetAddress.Parse("fe80::2") });
        lan.Run(10 * Second);
        Assert.That(States(lan), Is.EqualTo(new[] { VrrpState.Backup, VrrpState.Master }));
        Assert.That(lan.Nodes[0].Router.Statistics.TotalDiscarded, Is.Zero);
    }

    [Test]
    public void Election_Unicast_Works()
    {
        var lan = new VirtualLan();
        lan.Add(
            RouterHarness.Unicast(RouterHarness.V3(100) with { SourceAddress = InetAddress.Parse("10.9.0.1") }, "10.9.0.2", "10.9.0.3"));
        lan.Add(
            RouterHarness.Unicast(RouterHarness.V3(200) with { SourceAddress = InetAddress.Parse("10.9.0.2") }, "10.9.0.1", "10.9.0.3"));
        lan.Add(
            RouterHarness.Unicast(RouterHarness.V3(150) with { SourceAddress = InetAddress.Parse("10.9.0.3") }, "10.9.0.1", "10.9.0.2"));
        lan.Run(10 * Second);
        Assert.That(States(lan), Is.EqualTo(new[] { VrrpState.Backup, VrrpState.Master, VrrpState.Backup }));
    }

    [Test]
    public void Takeover_DeadMaster_TakesTheMasterDownInterval()
    {
        var lan = Lan(VrrpVersion.V3, 200, 100);
        lan.Run(10 * Second);
        lan.Kill(lan.Nodes[0].Host);
        var heard = lan.Nodes[1].Router.NextDeadline - lan.Nodes[1].Router.MasterDownInterval;
        lan.Run(10 * Second);

        Assert.That(lan.Nodes[1].History[^1].State, Is.EqualTo(VrrpState.Master));
        Assert.That(lan.Nodes[1].History[^1].Time - heard, Is.EqualTo(3_609_375 * MonotonicClock.Microsecond));
    }

    [Test]
    public void Takeover_TenMillisecondAdverts_TakesThirtySixMilliseconds()
    {
        var lan = Lan(VrrpVersion.V3, TimeSpan.FromMilliseconds(10), 200, 100);
        lan.Run(Second);
        lan.Kill(lan.Nodes[0].Host);
        var death = lan.Now;
        lan.Run(Second);
        Assert.That(lan.Nodes[1].History[^1].Time - death, Is.LessThan(37 * MonotonicClock.Millisecond));
    }

    [Test]
    public void Takeover_OrderlyStop_TakesTheSkewTime()
    {
        var lan = Lan(VrrpVersion.V3, 200, 100);
        lan.Run(10 * Second);
        var stop = lan.Now;
        lan.Do(lan.Nodes[0], static (router, now) => router.Stop(now));
        lan.Run(10 * Second);
        Assert.That(lan.Nodes[1].History[^1].Time - stop, Is.EqualTo((609_375 * MonotonicClock.Microsecond) + lan.Link.Delay));
    }

    [Test]
    public void PartitionHeals_TwoMasters_TheWorseYields()
    {
        var lan = Lan(VrrpVersion.V2, 200, 100);
        lan.Link.CutAll();
        lan.Run(20 * Second);
        Assert.That(lan.Holders.Count(), Is.EqualTo(2));
        lan.Link.Heal();
        lan.Run(2 * Second);
        Assert.That(lan.Holders.Single(), Is.SameAs(lan.Nodes[0]));
    }

    [Test]
    public void EqualPriorities_HigherAddress_Wins()
    {
        var lan = Lan(VrrpVersion.V3, 100, 100);
        lan.Link.CutAll();
        lan.Run(10 * Second);
        lan.Link.Heal();
        lan.Run(5 * Second);
        Assert.That(lan.Holders.Single(), Is.SameAs(lan.Nodes[1]));
    }

    [Test]
    public void TwoOwners_OnOneSegment_EndWithOneMaster()
    {
        var lan = Lan(VrrpVersion.V3, 255, 255);
        lan.Run(30 * Second);
        Assert.That(lan.Holders.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Nopreempt_BetterRouterComesBack_StaysBackup()
    {
        var lan = new VirtualLan();
        lan.Add(Options(VrrpVersion.V3, 0, 100));
        lan.Run(10 * Second);
        lan.Add(Options(VrrpVersion.V3, 1, 200) with { Preempt = false });
        lan.Run(60 * Second);
        Assert.That(States(lan), Is.EqualTo(new[] { VrrpState.Master, VrrpState.Backup }));
    }

    /// <summary>
    /// A fast master yields to a slow, better one with a last advert (higher_prio_send_advert), and the slow one does not answer
    /// (lower_prio_no_advert): a third router must not measure the slow one by the fast one's interval, or it takes over for ever anew.
    /// </summary>
    [Test]
    public void YieldingToASlowMaster_WithALastAdvert_MisleadsNobody()
    {
        var lan = new VirtualLan();
        var common = Options(VrrpVersion.V3, 0, 100) with { HigherPrioritySendAdvertisement = true, LowerPriorityNoAdvertisement = true };
        lan.Add(common with { Priority = 200, AdvertisementInterval = TimeSpan.FromSeconds(10) });
        lan.Add(common with { SourceAddress = InetAddress.FromIPv4(0x0a090002) });
        lan.Add(common with { SourceAddress = InetAddress.FromIPv4(0x0a090003) });
        lan.Run(200 * Second);
        foreach (var node in lan.Nodes)
            node.History.Clear();

        lan.Run(200 * Second);
        Assert.That(States(lan), Is.EqualTo(new[] { VrrpState.Master, VrrpState.Backup, VrrpState.Backup }));
        Assert.That(lan.Nodes.Select(static node => node.History.Count), Is.All.Zero);
    }

    [Test]
    public void TenThousandSeconds_ThreeRouters_OneMasterAllTheTime()
    {
        var lan = Lan(VrrpVersion.V3, 100, 200, 150);
        lan.Run(10_000 * Second);
        Assert.That(lan.Nodes[1].History, Has.Count.EqualTo(2));
        Assert.That(lan.Nodes[1].Router.Statistics.AdvertisementsSent, Is.GreaterThan(9_990));
    }

    [Test]
    public void LossyNetwork_OnceItIsWhole_EndsWithTheBestRouterAlone() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 254].Array[2, 5], Gen.Double[0, 0.9]).Sample(
            static (seed, priorities, loss) =>
            {
                var random = new Random(seed);
                var lan = new VirtualLan(random);
                lan.Link.Delay = random.Next(1, 5_000) * MonotonicClock.Microsecond;
                for (var i = 0; i < priorities.Length; i++)
                    lan.Add(Options(VrrpVersion.V3, i, (byte)priorities[i]));
                lan.Link.Loss = loss;
                lan.Run(30 * Second);
                lan.Link.Heal();
                lan.Run(15 * Second);
                return lan.Holders.Count() == 1 && lan.Holders.Single().Router.EffectivePriority == priorities.Max();
            },
            iter: 200);

    [Test]
    public void DyingRouters_AsLongAsOneLives_LeaveAMaster() =>
        Gen.Select(Gen.Int[1, 254].Array[3, 5], Gen.Int[0, 4].Array[1, 3]).Sample(
            static (priorities, deaths) =>
            {
                var lan = Lan(VrrpVersion.V3, [.. priorities.Select(static priority => (byte)priority)]);
                lan.Run(10 * Second);
                foreach (var death in deaths.Where(death => death < priorities.Length).Distinct().Take(priorities.Length - 1))
                {
                    lan.Kill(lan.Nodes[death].Host);
                    lan.Run(5 * Second);
                    if (lan.Holders.Count() != 1)
                        return false;
                }

                return true;
            },
            iter: 200);

    private static VirtualLan Lan(VrrpVersion version, params byte[] priorities) => Lan(version, TimeSpan.FromSeconds(1), priorities);

    private static VirtualLan Lan(VrrpVersion version, TimeSpan interval, params byte[] priorities)
    {
        var lan = new VirtualLan();
        for (var i = 0; i < priorities.Length; i++)
            lan.Add(Options(version, i, priorities[i]) with { AdvertisementInterval = interval });
        return lan;
    }

    private static VrrpRouterOptions Options(VrrpVersion version, int index, byte priority) =>
        RouterHarness.V2(priority) with { Version = version, SourceAddress = InetAddress.FromIPv4(0x0a090001u + (uint)index) };

    private static IEnumerable<VrrpState> States(VirtualLan lan) => lan.Nodes.Select(static node => node.State);
}
