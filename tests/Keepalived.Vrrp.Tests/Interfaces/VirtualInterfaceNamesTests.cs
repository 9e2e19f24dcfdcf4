using System.Net.Sockets;
using Keepalived.Vrrp.Interfaces;

namespace Keepalived.Vrrp.Tests.Interfaces;

public sealed class VirtualInterfaceNamesTests
{
    private static readonly string[] IPv4 = ["vrrp.51", "vrrp1.51", "vrrp2.51"];
    private static readonly string[] IPv6 = ["vrrp.51", "vrrp6.51", "vrrp1.51"];

    [Test]
    public void Candidates_IPv4_BeginWithoutANumber() =>
        Assert.That(VirtualInterfaceNames.Candidates("vrrp", 51, AddressFamily.InterNetwork).Take(3), Is.EqualTo(IPv4));

    [Test]
    public void Candidates_IPv6_HaveTheirFamilyBeforeOtherNumbers() =>
        Assert.That(VirtualInterfaceNames.Candidates("vrrp", 51, AddressFamily.InterNetworkV6).Take(3), Is.EqualTo(IPv6));

    [Test]
    public void Candidates_IPv6_SayItsNumberOnce() => Assert.That(
        VirtualInterfaceNames.Candidates("vrrp", 51, AddressFamily.InterNetworkV6).Take(20).Count(static name => name == "vrrp6.51"), Is.EqualTo(1));

    [TestCase("averyverylongprefix", 7, "averyverylong.7")]
    [TestCase("averyverylongprefix", 255, "averyverylo.255")]
    [TestCase("ääääääääää", 255, "äääää.255")]
    public void Candidates_LongPrefix_IsCut(string prefix, byte id, string name) =>
        Assert.That(VirtualInterfaceNames.Candidates(prefix, id, AddressFamily.InterNetwork).First(), Is.EqualTo(name));
}
