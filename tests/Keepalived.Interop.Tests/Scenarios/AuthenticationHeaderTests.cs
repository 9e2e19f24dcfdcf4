using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>VRRP version 2 with the IP authentication header.</summary>
internal sealed class AuthenticationHeaderTests : ScenarioFixture
{
    private const string Password = "s3cret";

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-ah")]
    public void Multicast_SamePassword_ElectAndStop(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance(Password) with { Priority = 200 });
        var b = link.Start(second, "b", Instance(Password) with { Priority = 100 });

        ElectAndStop(link, a, b, unicast: false);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-ah-unicast")]
    public void Unicast_SamePassword_ElectAndStop(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Unicast("a", "b") with { Priority = 200 });
        var b = link.Start(second, "b", Unicast("b", "a") with { Priority = 100 });

        ElectAndStop(link, a, b, unicast: true);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-ah-mismatch")]
    public void Multicast_OtherPasswordOrNone_EachBelievesItIsAlone(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        var a = link.Start(first, "a", Instance(Password) with { Priority = 200 });
        var b = link.Start(second, "b", Instance("another") with { Priority = 150 });
        var c = link.Start(second, "c", new VrrpInstance { Version = 2, Interval = 1 });

        a.ExpectHolding(Lan.Vip, 8);
        b.ExpectHolding(Lan.Vip, 3);
        c.ExpectHolding(Lan.Vip, 3);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => a.Holds(Lan.Vip) && b.Holds(Lan.Vip) && c.Holds(Lan.Vip), "three masters");
    }

    /// <summary>A restarted router counts from one again; the other one refuses that until it has heard, or been, master.</summary>
    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-ah-preempt")]
    public void Multicast_MasterDiesAndComesBack_TakesOverAgain(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance(Password) with { Priority = 200 });
        var b = link.Start(second, "b", Instance(Password) with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 8);

        a.Crash();
        b.ExpectHolding(Lan.Vip, 6);
        a.Start();

        b.ExpectNotHolding(Lan.Vip, 12);
        Expect.Throughout(TimeSpan.FromSeconds(2.5), () => a.Holds(Lan.Vip) && !b.Holds(Lan.Vip), $"{a} stays master");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-ah-restart")]
    public void Multicast_MasterRestartsAtOnce_OneMasterAgain(Build first, Build second)
    {
        var link = Link("a", "b");
        var a = link.Start(first, "a", Instance(Password) with { Priority = 200 });
        var b = link.Start(second, "b", Instance(Password) with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 8);
        link.Wire.Advert("a", TimeSpan.FromSeconds(5), match: static advert => advert.Sequence >= 4);

        a.Crash();
        a.Start();

        link.Wire.Advert("a", TimeSpan.FromSeconds(12), a.StartedAt);
        Expect.Within(TimeSpan.FromSeconds(5), () => a.Holds(Lan.Vip) && !b.Holds(Lan.Vip), $"{a} is the only master");
        Expect.Throughout(TimeSpan.FromSeconds(2.5), () => a.Holds(Lan.Vip) && !b.Holds(Lan.Vip), $"{a} stays the only master");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursFirst)), Scenario("auth-ah-source")]
    public void Multicast_SourceAddressChanges_TheOtherStillBelieves(Build first, Build second)
    {
        var link = Link("a", "b");
        // Not of the subnet of the address that goes, or it would go with it.
        var instance = Instance(Password) with { Addresses = [Lan.Vip + "/32"] };
        var a = link.Start(first, "a", instance with { Priority = 200 });
        var b = link.Start(second, "b", instance with { Priority = 100 });
        a.ExpectHolding(Lan.Vip, 8);

        link.Ip("a", $"address add 10.90.0.11/25 dev {Lan.Interface}", $"address delete {Lan.Address("a")}/24 dev {Lan.Interface}");

        link.Wire.Advert("a", TimeSpan.FromSeconds(5), match: static advert => advert.Source.ToString() == "10.90.0.11");
        Expect.Throughout(TimeSpan.FromSeconds(4.5), () => !b.Holds(Lan.Vip), $"{b} stays backup");
    }

    private static void ElectAndStop(Lan link, Router a, Router b, bool unicast)
    {
        a.ExpectHolding(Lan.Vip, 12);
        link.Wire.Advert("a", TimeSpan.FromSeconds(5), match: static advert => advert.Sequence >= 3);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !b.Holds(Lan.Vip), $"{b} stays backup");
        Assert.That(a.Stop(), Is.Zero);
        b.ExpectHolding(Lan.Vip, 3);
        link.Wire.Advert("b", TimeSpan.FromSeconds(2));

        foreach (var frame in link.Wire.Frames.Where(static frame => frame.Advert is not null))
        {
            Assert.That(frame.Advert!.HasAuthenticationHeader, Is.True);
            Assert.That(frame.Advert.AuthenticationType, Is.EqualTo(2));
            Assert.That(Signatures.HasCheckValue(frame, Password, unicast), Is.True, frame.ToString());
        }

        AssertNumbers(link, a);
        AssertNumbers(link, b);
        var first = link.Wire.Adverts("b")[0];
        Assert.That(link.Wire.Adverts("a").Where(frame => frame.Time < first.Time).Select(static frame => frame.Advert!.Sequence),
            Is.All.LessThan(first.Advert!.Sequence), "b goes on where a left off");
    }

    /// <summary>The real one, while it stops, may still answer an advert under a number that it has used.</summary>
    private static void AssertNumbers(Lan link, Router router)
    {
        if (router.Build == Build.Real)
            return;
        var numbers = link.Wire.Adverts(router.Station).Select(static frame => frame.Advert!.Sequence).ToList();
        Assert.That(numbers, Is.Ordered.Ascending);
        Assert.That(numbers, Is.Unique);
    }

    private static VrrpInstance Unicast(string self, string other) => Instance(Password) with
    {
        Peers = [Lan.Address(other)],
        Lines = [.. Instance(Password).Lines, $"unicast_src_ip {Lan.Address(self)}"],
    };

    private static VrrpInstance Instance(string password) => new()
    {
        Version = 2,
        Interval = 1,
        Lines = ["authentication {", "    auth_type AH", $"    auth_pass {password}", "}"],
    };
}
