using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests;

public sealed class UnsolicitedPolicyTests
{
    private static readonly BfdUnsolicitedPolicy Policy = new()
    {
        InterfaceIndexes = [2],
        Prefixes = [InetPrefix.Parse("10.90.0.0/24")],
        MaximumSessions = 3,
    };

    private static readonly BfdPacketOrigin Origin = new()
    {
        Source = InetAddress.Parse("10.90.0.7"),
        Destination = InetAddress.Parse("10.90.0.1"),
        InterfaceIndex = 2,
        HopLimit = 255,
    };

    [Test]
    public void Admits_AllowedNeighbour_IsTrue() => Assert.That(Policy.Admits(Origin, sessions: 2), Is.True);

    [Test]
    public void Admits_AnythingElse_IsFalse()
    {
        Assert.That(Policy.Admits(Origin, sessions: 3), Is.False, "too many");
        Assert.That(Policy.Admits(Origin with { InterfaceIndex = 3 }, 0), Is.False, "other interface");
        Assert.That(Policy.Admits(Origin with { Source = InetAddress.Parse("10.90.1.7") }, 0), Is.False, "outside the prefix");
        Assert.That(Policy.Admits(Origin with { Source = InetAddress.Parse("fe80::7") }, 0), Is.False, "other family");
        Assert.That(Policy.Admits(Origin with { HopLimit = 254 }, 0), Is.False, "not a neighbour");
        Assert.That(Policy.Admits(Origin with { IsMultihop = true }, 0), Is.False, "multihop");
        Assert.That(new BfdUnsolicitedPolicy().Admits(Origin, 0), Is.False, "off unless an interface is named");
    }

    [Test]
    public void PathOf_Origin_IsThatOfASessionThePacketFinds()
    {
        var table = new BfdSessionTable();
        var session = new BfdSession(BfdUnsolicitedPolicy.PathOf(Origin), table.CreateDiscriminator(), Policy.SessionOptions, 0);
        table.Add(session);
        Assert.That(session.NextDeadline, Is.EqualTo(long.MaxValue), "passive");
        Assert.That(table.FindOverlapping(BfdUnsolicitedPolicy.PathOf(Origin)), Is.SameAs(session));
    }

    [Test]
    public void Validate_ActiveRole_IsRefused() =>
        Assert.That((Policy with { SessionOptions = new BfdSessionOptions() }).Validate, Throws.ArgumentException);
}
