using Keepalived.Netlink;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests;

/// <summary>Routers that authenticate each other, in virtual time.</summary>
public sealed class ProtectionTests
{
    private const long Second = RouterHarness.Second;
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    private static VrrpRouterOptions AuthenticatedOptions =>
        RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("s3cret") };

    [Test]
    public void Y6_RollOutInSweepsOfReloads_MovesNothing()
    {
        var lan = new VirtualLan();
        var (a, b) = Pair(lan, null);
        VrrpHmacOptions?[] sweeps =
        [
            TestKeys.Hmac(VrrpHmacMode.ReceiveOnly), TestKeys.Hmac(VrrpHmacMode.Permissive), TestKeys.Hmac(),
            TestKeys.Hmac(VrrpHmacMode.Permissive), TestKeys.Hmac(VrrpHmacMode.ReceiveOnly), null,
        ];
        foreach (var hmac in sweeps)
            Sweep(lan, hmac, b, a);
        AssertNothingMoved(a, b);
    }

    [Test]
    public void Y7_RotationOfKeysByReload_MovesNothing()
    {
        var lan = new VirtualLan();
        var first = TestKeys.Hmac();
        var (a, b) = Pair(lan, first);
        Sweep(lan, first with { Keys = [TestKeys.First, TestKeys.Second] }, a, b);
        Sweep(lan, first with { Keys = [TestKeys.First, TestKeys.Second], ActiveKeyId = 2 }, a, b);
        Sweep(lan, first with { Keys = [TestKeys.Second], ActiveKeyId = 2 }, a, b);
        AssertNothingMoved(a, b);
    }

    [TestCase(2, VrrpState.Backup)]
    [TestCase(20, VrrpState.Master)]
    public void Hmac_ClocksDiffer_TheyHearEachOtherWithinTheWindow(int seconds, VrrpState expected)
    {
        var lan = new VirtualLan();
        var (_, b) = Pair(lan, TestKeys.Hmac());
        b.Host.ClockError = seconds * Second;
        lan.Run(20 * Second);
        Assert.That(b.State, Is.EqualTo(expected));
    }

    /// <summary>The clocks are set back far: the master's numbers follow, and the backup forgets its mark.</summary>
    [Test]
    public void Hmac_AllClocksSetBack_MovesNothing()
    {
        var lan = new VirtualLan();
        var (a, b) = Pair(lan, TestKeys.Hmac());
        a.Host.ClockError = b.Host.ClockError = -3600 * Second;
        lan.Run(20 * Second);
        AssertNothingMoved(a, b);
    }

    [Test]
    public void AuthenticationHeader_MasterRestartsQuickly_OneMasterAgain()
    {
        var lan = new VirtualLan();
        var options = AuthenticatedOptions;
        var a = lan.Add(options with { Priority = 200, SourceAddress = Peer });
        var b = lan.Add(options);
        lan.Run(60 * Second);
        Assert.That((a.State, b.State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));

        lan.Kill(a.Host);
        lan.Run(Second / 2);
        lan.Restart(a.Host);
        lan.Run(10 * Second);
        Assert.That((a.State, b.State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));
        lan.Run(60 * Second);
        Assert.That(b.History.Count(static entry => entry.State == VrrpState.Master), Is.LessThanOrEqualTo(1));
    }

    /// <summary>Adverts that cross carry the same number. Refusing it, both would stay master for as long as they send in step.</summary>
    [Test]
    public void AuthenticationHeader_MastersCountingInStep_TheWorseYields()
    {
        var lan = new VirtualLan();
        lan.Link.CutAll();
        var options = AuthenticatedOptions;
        var a = lan.Add(options with { SourceAddress = Peer });
        var b = lan.Add(options);
        lan.Run(20 * Second);
        Assert.That((a.State, b.State), Is.EqualTo((VrrpState.Master, VrrpState.Master)));

        lan.Link.Heal();
        lan.Run(2 * Second);
        Assert.That((a.State, b.State), Is.EqualTo((VrrpState.Backup, VrrpState.Master)));
    }

    [Test]
    public void AuthenticationHeader_BackupWithAnotherKey_IsAlone()
    {
        var lan = new VirtualLan();
        var options = AuthenticatedOptions;
        lan.Add(options with { Priority = 200, SourceAddress = Peer });
        lan.Add(options with { Authentication = VrrpAuthentication.AuthenticationHeader("another") });
        lan.Run(10 * Second);
        Assert.That(lan.Nodes.Select(static node => node.State), Is.All.EqualTo(VrrpState.Master));
    }

    private static (LanNode Master, LanNode Backup) Pair(VirtualLan lan, VrrpHmacOptions? hmac)
    {
        var options = RouterHarness.V3() with { Hmac = hmac };
        var a = lan.Add(options with { Priority = 200, SourceAddress = Peer });
        var b = lan.Add(options);
        lan.Run(10 * Second);
        Assert.That((a.State, b.State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));
        return (a, b);
    }

    private static void Sweep(VirtualLan lan, VrrpHmacOptions? hmac, params LanNode[] nodes)
    {
        foreach (var node in nodes)
        {
            lan.Do(node, (router, now) => router.Reconfigure(router.Options with { Hmac = hmac }, false, now));
            lan.Run(5 * Second);
        }
    }

    private static void AssertNothingMoved(LanNode a, LanNode b)
    {
        Assert.That(a.History.Select(static entry => entry.State), Is.EqualTo([VrrpState.Backup, VrrpState.Master]));
        Assert.That(b.History.Select(static entry => entry.State), Is.EqualTo([VrrpState.Backup]));
        Assert.That(b.Router.Statistics.TotalDiscarded, Is.Zero);
    }
}
