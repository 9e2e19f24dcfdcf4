using System.Net.Sockets;
using CsCheck;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Wire;

public sealed class VrrpAdvertisementTests
{
    private static readonly byte[] Version3 = Convert.FromHexString("3135c8010032117d0a090078");
    private static readonly byte[] Version2 = Convert.FromHexString("213364020101d3580a0900640a0900656162636465666768");

    [Test]
    public void TryParse_Version3OverIPv4_ShowsAllFields()
    {
        var error = VrrpAdvertisement.TryParse(Version3, AddressFamily.InterNetwork, out var advertisement);

        Assert.That(error, Is.EqualTo(VrrpDecodeError.None));
        Assert.That(advertisement.Version, Is.EqualTo(VrrpVersion.V3));
        Assert.That(advertisement.Type, Is.EqualTo(1));
        Assert.That(advertisement.VirtualRouterId, Is.EqualTo(53));
        Assert.That(advertisement.Priority, Is.EqualTo(200));
        Assert.That(advertisement.AddressCount, Is.EqualTo(1));
        Assert.That(advertisement.IntervalField, Is.EqualTo(50));
        Assert.That(advertisement.Interval, Is.EqualTo(500 * MonotonicClock.Millisecond));
        Assert.That(advertisement.Checksum, Is.EqualTo(0x117d));
        Assert.That(advertisement.GetAddress(0), Is.EqualTo(InetAddress.Parse("10.9.0.120")));
        Assert.That(advertisement.AuthenticationData.Length, Is.Zero);
        Assert.That(advertisement.AuthenticationType, Is.EqualTo(VrrpAuthenticationType.None));
    }

    [Test]
    public void TryParse_Version2_ShowsAuthenticationAndWholeSeconds()
    {
        var error = VrrpAdvertisement.TryParse(Version2, AddressFamily.InterNetwork, out var advertisement);

        Assert.That(error, Is.EqualTo(VrrpDecodeError.None));
        Assert.That(advertisement.AuthenticationType, Is.EqualTo(VrrpAuthenticationType.Pass));
        Assert.That(advertisement.AuthenticationData.SequenceEqual("abcdefgh"u8), Is.True);
        Assert.That(advertisement.Interval, Is.EqualTo(MonotonicClock.Second));
        Assert.That(advertisement.GetAddress(1), Is.EqualTo(InetAddress.Parse("10.9.0.101")));
        Assert.That(advertisement.HasValidChecksum(default, default), Is.True);
    }

    [Test]
    public void TryParse_BadBytes_NamesTheError()
    {
        Assert.That(ErrorOf(Version3, 7, static _ => { }), Is.EqualTo(VrrpDecodeError.TooShort));
        Assert.That(ErrorOf(Version3, 12, static bytes => bytes[0] = 0x11), Is.EqualTo(VrrpDecodeError.Version));
        Assert.That(ErrorOf(Version3, 12, static bytes => bytes[0] = 0x32), Is.EqualTo(VrrpDecodeError.Type));
        Assert.That(ErrorOf(Version3, 11, static _ => { }), Is.EqualTo(VrrpDecodeError.Length));
        Assert.That(ErrorOf(Version3, 12, static bytes => bytes[3] = 2), Is.EqualTo(VrrpDecodeError.Length));
        Assert.That(ErrorOf(Version3, 12, static bytes => bytes[1] = 0), Is.EqualTo(VrrpDecodeError.VirtualRouterId));
        Assert.That(ErrorOf(Version3, 12, static bytes => bytes[5] = 0), Is.EqualTo(VrrpDecodeError.Interval));
    }

    [Test]
    public void TryParse_RandomBytes_NeverThrows() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Bool).Sample(static (bytes, isIPv6) =>
        {
            var family = isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            if (VrrpAdvertisement.TryParse(bytes, family, out var advertisement) != VrrpDecodeError.None)
                return true;
            for (var i = 0; i < advertisement.AddressCount; i++)
            {
                if (advertisement.GetAddress(i).Family != family)
                    return false;
            }

            return advertisement.Bytes.Length == VrrpAdvertisement.LengthOf(advertisement.Version, family, advertisement.AddressCount);
        });

    [Test]
    public void GetAddress_BeyondTheCount_Throws() => Assert.That(
        static () =>
        {
            VrrpAdvertisement.TryParse(Version3, AddressFamily.InterNetwork, out var advertisement);
            advertisement.GetAddress(1);
        },
        Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void IPv4HeaderTryParse_RandomBytes_NeverThrows() => Gen.Byte.Array[0, 70].Sample(static bytes =>
        !IPv4Header.TryParse(bytes, out var header) || (header.Bytes.Length >= 20 && header.Bytes.Length <= bytes.Length));

    [Test]
    public void IPv4HeaderWrite_ThenParse_IsTheSame()
    {
        var packet = new byte[32];
        IPv4Header.Write(packet, InetAddress.Parse("10.9.0.1"), InetAddress.Parse("224.0.0.18"), 112, 255, 7, 32);

        Assert.That(IPv4Header.TryParse(packet, out var header), Is.True);
        Assert.That(header.TypeOfService, Is.EqualTo(0xc0));
        Assert.That(header.Identification, Is.EqualTo(7));
        Assert.That(header.TotalLength, Is.EqualTo(32));
        Assert.That(header.IsFragment, Is.False);
        Assert.That(header.TimeToLive, Is.EqualTo(255));
        Assert.That(header.Protocol, Is.EqualTo(112));
        Assert.That(header.Source, Is.EqualTo(InetAddress.Parse("10.9.0.1")));
        Assert.That(header.Destination, Is.EqualTo(InetAddress.Parse("224.0.0.18")));
        Assert.That(InternetChecksum.IsValid(header.Bytes), Is.True);
    }

    private static VrrpDecodeError ErrorOf(byte[] message, int length, Action<byte[]> change)
    {
        var bytes = message[..length];
        change(bytes);
        return VrrpAdvertisement.TryParse(bytes, AddressFamily.InterNetwork, out _);
    }
}
