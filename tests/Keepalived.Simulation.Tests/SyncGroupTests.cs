using CsCheck;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests;

/// <summary>Hosts with a router on each of two links, as firewalls are, in virtual time.</summary>
public sealed class SyncGroupTests
{
    private const long Second = RouterHarness.Second;
    private static readonly VrrpFault Fault = new(VrrpFaultReason.InterfaceDown, 7);

    [Test]
    public void OneLinkCut_BothRoutersMove()
    {
        var lan = TwoHosts(out var best, out var other);
        lan.Run(20 * Second);
        Assert.That((best.State, other.State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));

        var inside = lan.NodeOf(best.Members[1]);
        inside.IsConnected = false;
        lan.Do(inside, static (router, now) => router.SetFault(Fault, true, now));
        lan.Run(5 * Second);
        Assert.That((best.State, other.State), Is.EqualTo((VrrpState.Fault, VrrpState.Master)));
        Assert.That(lan.Holders.Select(static node => node.Router), Is.EquivalentTo(other.Members));

        inside.IsConnected = true;
        lan.Do(inside, static (router, now) => router.SetFault(Fault, false, now));
        lan.Run(10 * Second);
        Assert.That(lan.Holders.Select(static node => node.Router), Is.EquivalentTo(best.Members));
    }

    [Test]
    public void OneLinkDeafWithoutNotice_TheGroupIsNeverSplit()
    {
        var lan = TwoHosts(out var best, out var other);
        lan.Run(20 * Second);
        lan.Link.CutAll();
        lan.Run(60 * Second);
        AssertUnsplit(best, other);
        lan.Link.Heal();
        lan.Run(20 * Second);
        AssertUnsplit(best, other);
        Assert.That((best.State, other.State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));
    }

    /// <summary>Whatever is lost, cut and healed: after each quiet time one host holds everything, and no group is ever split.</summary>
    [Test]
    public void AnyLossesAndFaults_GroupsAreNeverSplitAndTheBestWinsInTheEnd() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 8000], Gen.Bool).Array[1, 25].Sample(
            static steps =>
            {
                var lan = TwoHosts(out var best, out var other);
                foreach (var (node, milliseconds, broken) in steps)
                {
                    lan.Nodes[node].IsConnected = !broken;
                    lan.Do(lan.Nodes[node], (router, now) => router.SetFault(Fault, broken, now));
                    AssertUnsplit(best, other);
                    lan.Run(milliseconds * MonotonicClock.Millisecond);
                    AssertUnsplit(best, other);
                }

                foreach (var node in lan.Nodes)
                {
                    node.IsConnected = true;
                    lan.Do(node, static (router, now) => router.SetFault(Fault, false, now));
                }

                lan.Run(30 * Second);
                return best.State == VrrpState.Master && other.State == VrrpState.Backup && lan.Holders.Count() == 2;
            },
            iter: 500);

    private static VirtualLan TwoHosts(out VrrpSyncGroup best, out VrrpSyncGroup other)
    {
        var lan = new VirtualLan();
        best = lan.AddGroup("best", Member(200, "10.9.0.2"), Member(200, "10.8.0.2"));
        other = lan.AddGroup("other", Member(100, "10.9.0.1"), Member(100, "10.8.0.1"));
        return lan;
    }

    private static VrrpRouterOptions Member(byte priority, string source) =>
        RouterHarness.V3(priority) with { SourceAddress = InetAddress.Parse(source) };

    private static void AssertUnsplit(params VrrpSyncGroup[] groups)
    {
        foreach (var group in groups)
        {
            Assert.That(group.Members.Select(static member => member.State).Distinct().Count(), Is.EqualTo(1));
            Assert.That(group.Members[0].State, Is.EqualTo(group.State));
        }
    }
}
