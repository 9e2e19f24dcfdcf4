using System.Net.Sockets;
using System.Reflection;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Vrrp.Tests.Transport;

public sealed class VirtualRouterOptionsTests
{
    private static readonly VirtualRouterOptions Valid = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = "eth0",
        Addresses = [VirtualAddress.Parse("192.0.2.10/24")],
    };

    [Test]
    public void Validate_Minimal_Passes() => Assert.That(Valid.Validate, Throws.Nothing);

    [Test]
    public void EffectiveFamily_Unspecified_FollowsAddresses()
    {
        Assert.That(Valid.EffectiveFamily, Is.EqualTo(AddressFamily.InterNetwork));
        Assert.That((Valid with { Addresses = [VirtualAddress.Parse("fe80::1")] }).EffectiveFamily,
            Is.EqualTo(AddressFamily.InterNetworkV6));
        Assert.That((Valid with { Peers = [new VrrpPeer(InetAddress.Parse("2001:db8::1"))] }).EffectiveFamily,
            Is.EqualTo(AddressFamily.InterNetworkV6));
    }

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return new TestCaseData(Valid with { Interface = null }, "needs an interface");
        yield return new TestCaseData(Valid with { Interface = "a-name-that-is-too-long" }, "1 to 15 bytes");
        yield return new TestCaseData(Valid with { Interface = "e/0" }, "not a valid interface name");
        yield return new TestCaseData(Valid with { VirtualRouterId = 0 }, "VirtualRouterId");
        yield return new TestCaseData(Valid with { Priority = 0 }, "Priority");
        yield return new TestCaseData(Valid with { AdvertisementInterval = TimeSpan.FromMilliseconds(5) }, "AdvertisementInterval");
        yield return new TestCaseData(Valid with { Addresses = [.. Valid.Addresses, .. Valid.Addresses] }, "there twice");
        yield return new TestCaseData(Valid with { Addresses = [VirtualAddress.Parse("0.0.0.0")] }, "unspecified");
        yield return new TestCaseData(
            Valid with { Addresses = [VirtualAddress.Parse("192.0.2.1") with { Label = "a-label-that-is-too-long" }] }, "label");
        yield return new TestCaseData(Valid with { ExcludedAddresses = [VirtualAddress.Parse("2001:db8::1") with { Scope = 253 }] },
            "for IPv4");
        yield return new TestCaseData(Valid with { TrackSourceAddress = true }, "no source address to track");
        yield return new TestCaseData(Valid with { BindDevice = "red" }, "bind device");
        yield return new TestCaseData(Valid with { ReceiveBufferSize = -1 }, "receive buffer");
        yield return new TestCaseData(Valid with { Authentication = VrrpAuthentication.Pass("secret") }, "Authentication");
        var route = VirtualRoute.Via(InetPrefix.Parse("198.51.100.0/24"), InetAddress.Parse("192.0.2.1"));
        yield return new TestCaseData(Valid with { Routes = [route with { Device = "a-name-that-is-too-long" }] }, "1 to 15 bytes");
        yield return new TestCaseData(Valid with { Routes = [route with { Route = route.Route with { OutputInterface = 3 } }] }, "by Device");
        yield return new TestCaseData(
            Valid with { Routes = [route with { Nexthops = [new VirtualNexthop(new Nexthop { Gateway = InetAddress.Parse("192.0.2.2") })] }] },
            "both next hops");
        yield return new TestCaseData(
            Valid with { Rules = [new VirtualRule(new Rule { Family = AddressFamily.InterNetwork })] }, "needs a priority");
        yield return new TestCaseData(Valid with { Interface = null, Peers = [new VrrpPeer(InetAddress.Parse("192.0.2.2"))] },
            "source address");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void Validate_Mistake_SaysWhich(VirtualRouterOptions options, string words) =>
        Assert.That(options.Validate, Throws.ArgumentException.With.Message.Contains("'web'").And.Message.Contains(words));

    [Test]
    public void Equals_AnyMemberChanged_Differs()
    {
        foreach (var property in typeof(VirtualRouterOptions).GetProperties().Where(property => property.SetMethod is not null))
        {
            var changed = Valid with { };
            Assert.That(changed, Is.EqualTo(Valid));
            property.SetValue(changed, Other(property, property.GetValue(Valid)));
            Assert.That(changed, Is.Not.EqualTo(Valid), property.Name);
        }
    }

    [Test]
    public void Equals_EqualListsOfOtherIdentity_AreEqual() =>
        Assert.That(Valid with { Addresses = [VirtualAddress.Parse("192.0.2.10/24")], Peers = [] }, Is.EqualTo(Valid));

    [Test]
    public void ToString_WithPassword_DoesNotShowIt()
    {
        var options = Valid with { Version = VrrpVersion.V2, Authentication = VrrpAuthentication.Pass("hunter2") };
        Assert.That(options.ToString(), Does.Contain("web").And.Not.Contain("hunter2"));
    }

    [TestCase("192.0.2.10/24", "192.0.2.255")]
    [TestCase("192.0.2.10/30", "192.0.2.11")]
    [TestCase("192.0.2.10/31", "")]
    [TestCase("2001:db8::1/64", "")]
    public void DirectedBroadcast_OfPrefix_HasAllHostBits(string prefix, string expected) =>
        Assert.That(VirtualAddress.Parse(prefix).DirectedBroadcast.ToString(), Is.EqualTo(expected));

    private static object? Other(PropertyInfo property, object? value) => value switch
    {
        _ when property.PropertyType == typeof(VrrpHmacOptions) => TestKeys.Hmac(),
        string text => text + "x",
        bool flag => !flag,
        byte number => (byte)(number + 1),
        int number => number + 1,
        TimeSpan span => span + TimeSpan.FromSeconds(1),
        InetAddress => InetAddress.Parse("192.0.2.99"),
        AddressFamily => AddressFamily.InterNetworkV6,
        VrrpVersion => VrrpVersion.V2,
        VrrpAuthentication => VrrpAuthentication.Pass("x"),
        VrrpAnnouncementOptions options => options with { Repeat = 9 },
        VrrpAddressMismatch => VrrpAddressMismatch.Discard,
        VrrpChecksumForm => VrrpChecksumForm.MessageOnly,
        VrrpOldUnicastChecksum => VrrpOldUnicastChecksum.Always,
        System.Collections.Immutable.ImmutableArray<VirtualAddress> =>
            System.Collections.Immutable.ImmutableArray.Create(VirtualAddress.Parse("192.0.2.98")),
        System.Collections.Immutable.ImmutableArray<TrackedObject> =>
            System.Collections.Immutable.ImmutableArray.Create(new TrackedObject("other", new TrackerWeight(1))),
        System.Collections.Immutable.ImmutableArray<VrrpPeer> =>
            System.Collections.Immutable.ImmutableArray.Create(new VrrpPeer(InetAddress.Parse("192.0.2.97"))),
        System.Collections.Immutable.ImmutableArray<VirtualRoute> =>
            System.Collections.Immutable.ImmutableArray.Create(
                VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("192.0.2.96"))),
        System.Collections.Immutable.ImmutableArray<VirtualRule> =>
            System.Collections.Immutable.ImmutableArray.Create(VirtualRule.From(InetPrefix.Parse("192.0.2.0/24"), 100, 1)),
        DriftRepairOptions => null,
        null when property.PropertyType == typeof(Keepalived.Vrrp.Interfaces.VirtualMacOptions) => new Keepalived.Vrrp.Interfaces.VirtualMacOptions(),
        null when property.PropertyType == typeof(Keepalived.Vrrp.Interfaces.IpvlanOptions) => new Keepalived.Vrrp.Interfaces.IpvlanOptions(),
        null when property.PropertyType == typeof(string) => "x",
        null when property.PropertyType == typeof(VrrpState?) => VrrpState.Backup,
        null when property.PropertyType == typeof(byte?) => (byte)1,
        _ => throw new NotSupportedException($"{property.Name}: {property.PropertyType}"),
    };
}
