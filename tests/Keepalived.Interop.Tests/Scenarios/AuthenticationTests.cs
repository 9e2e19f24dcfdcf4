using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>VRRP version 2 with a password.</summary>
internal sealed class AuthenticationTests : ScenarioFixture
{
    private static readonly VrrpInstance Plain = new() { Version = 2, Interval = 1 };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-pass")]
    public void Pass_SamePassword_ElectAndStop(Build first, Build second)
    {
        var link = Link("a", "b");
        // Cut at eight bytes, by both.
        var a = link.Start(first, "a", Password("s3cret-s3cret") with { Priority = 200 });
        var b = link.Start(second, "b", Password("s3cret-s") with { Priority = 100 });

        a.ExpectHolding(Lan.Vip, 8);

        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(2)).Advert!;
        Assert.That(advert.AuthenticationType, Is.EqualTo(1));
        Assert.That(advert.AuthenticationData, Is.EqualTo("s3cret-s"));
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => !b.Holds(Lan.Vip), $"{b} stays backup");
        Assert.That(a.Stop(), Is.Zero);
        b.ExpectHolding(Lan.Vip, 3);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("auth-pass-mismatch"), Scenario("auth-none-vs-pass")]
    public void Pass_OtherPasswordOrNone_EachBelievesItIsAlone(Build first, Build second)
    {
        var link = Link("a", "b", "c");
        var a = link.Start(first, "a", Password("s3cret") with { Priority = 200 });
        var b = link.Start(second, "b", Password("another") with { Priority = 150 });
        var c = link.Start(second, "c", Plain);

        a.ExpectHolding(Lan.Vip, 8);
        b.ExpectHolding(Lan.Vip, 3);
        c.ExpectHolding(Lan.Vip, 3);
        Expect.Throughout(TimeSpan.FromSeconds(1.5), () => a.Holds(Lan.Vip) && b.Holds(Lan.Vip) && c.Holds(Lan.Vip), "three masters");
    }

    private static VrrpInstance Password(string password) =>
        Plain with { Lines = ["authentication {", "    auth_type PASS", $"    auth_pass {password}", "}"] };
}
