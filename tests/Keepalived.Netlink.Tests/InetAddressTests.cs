using System.Globalization;
using System.Net;
using CsCheck;

namespace Keepalived.Netlink.Tests;

public sealed class InetAddressTests
{
    [TestCase("10.0.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("255.255.255.255")]
    [TestCase("192.168.200.100")]
    [TestCase("::")]
    [TestCase("fe80::1")]
    [TestCase("2001:db8::192.0.2.1")]
    public void TryParse_Address_IsThatOfTheSystem(string text) =>
        Assert.That(InetAddress.Parse(text).ToIPAddress(), Is.EqualTo(IPAddress.Parse(text)));

    [TestCase("")]
    [TestCase("10.0.0")]
    [TestCase("10.0.0.1.2")]
    [TestCase("10.0.0.")]
    [TestCase(".10.0.0.1")]
    [TestCase("10..0.1")]
    [TestCase("10.0.0.256")]
    [TestCase("10.0.0.1000")]
    [TestCase("10.0.0.99999999999999999999")]
    [TestCase("10.0.0.1 ")]
    [TestCase("10.0.0.-1")]
    [TestCase("10.0.0.0x1")]
    [TestCase("10.0.0.010")]
    [TestCase("00.0.0.1")]
    [TestCase("10.0.0.1/24")]
    [TestCase("1")]
    [TestCase("fe80::1%eth0")]
    [TestCase("[::1]")]
    public void TryParse_Other_IsRefused(string text) => Assert.That(InetAddress.TryParse(text, out _), Is.False);

    [Test]
    public void TryParse_AnyIPv4_GivesItBack() => Gen.UInt.Sample(static value =>
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{value >> 24}.{(value >> 16) & 255}.{(value >> 8) & 255}.{value & 255}");
        return InetAddress.TryParse(text, out var address) && address == InetAddress.FromIPv4(value);
    });
}
