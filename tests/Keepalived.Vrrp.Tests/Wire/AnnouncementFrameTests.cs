using Keepalived.Netlink;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Wire;

public sealed class AnnouncementFrameTests
{
    private static readonly LinkLayerAddress Broadcast = Mac("ff:ff:ff:ff:ff:ff");
    private static readonly LinkLayerAddress InfiniBand = Mac("80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03:00:0a:0b:0c");
    private static readonly LinkLayerAddress InfiniBandBroadcast = Mac("00:ff:ff:ff:ff:12:40:1b:80:01:00:00:00:00:00:00:ff:ff:ff:ff");

    [Test]
    public void GratuitousArp_Ethernet_IsWhatKeepalivedSends()
    {
        var frame = new byte[GratuitousArp.MaxLength];
        var length = GratuitousArp.Write(frame, 1, Mac("02:00:00:00:00:02"), Broadcast, InetAddress.Parse("10.90.0.100"));

        Assert.That(length, Is.EqualTo(42));
        Assert.That(
            Convert.ToHexStringLower(frame.AsSpan(0, length)),
            Is.EqualTo("ffffffffffff020000000002080600010800060400010200000000020a5a0064ffffffffffff0a5a0064"));
    }

    [Test]
    public void GratuitousArp_InfiniBand_HasTwentyByteAddressesBehindTheIPoIBHeader()
    {
        var frame = new byte[GratuitousArp.MaxLength];
        var length = GratuitousArp.Write(frame, 32, InfiniBand, InfiniBandBroadcast, InetAddress.Parse("10.0.0.1"));

        Assert.That(length, Is.EqualTo(80));
        Assert.That(frame.AsSpan(0, 20).SequenceEqual(InfiniBandBroadcast.Bytes), Is.True);
        Assert.That(Convert.ToHexStringLower(frame.AsSpan(20, 12)), Is.EqualTo("080600000020080014040001"));
        Assert.That(frame.AsSpan(32, 20).SequenceEqual(InfiniBand.Bytes), Is.True);
        Assert.That(Convert.ToHexStringLower(frame.AsSpan(52, 4)), Is.EqualTo("0a000001"));
        Assert.That(frame.AsSpan(56, 20).SequenceEqual(InfiniBandBroadcast.Bytes), Is.True);
        Assert.That(Convert.ToHexStringLower(frame.AsSpan(76, 4)), Is.EqualTo("0a000001"));
    }

    [Test]
    public void GratuitousArp_UnknownLinkLayer_IsRefused()
    {
        var frame = new byte[GratuitousArp.MaxLength];
        Assert.That(GratuitousArp.IsSupported(8), Is.False);
        Assert.That(
            () => GratuitousArp.Write(frame, 1, Mac("1:2:3:4:5:6:7:8"), Broadcast, InetAddress.Parse("10.0.0.1")),
            Throws.ArgumentException);
        Assert.That(
            () => GratuitousArp.Write(frame, 1, Mac("1:2:3:4:5:6"), Broadcast, InetAddress.Parse("fe80::1")),
            Throws.ArgumentException);
        Assert.That(
            () => GratuitousArp.Write(frame.AsSpan(0, 41), 1, Broadcast, Broadcast, InetAddress.Parse("10.0.0.1")),
            Throws.ArgumentException);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void NeighbourAdvertisement_Ethernet_HasTheFlagsAndChecksum(bool isRouter)
    {
        var frame = new byte[NeighbourAdvertisement.MaxLength];
        var length = NeighbourAdvertisement.Write(frame, Mac("02:00:00:00:00:01"), Broadcast, InetAddress.Parse("fe80::90:100"), isRouter);
        var message = frame.AsSpan(54, length - 54);

        Assert.That(length, Is.EqualTo(86));
        Assert.That(message[4], Is.EqualTo(isRouter ? 0xa0 : 0x20));
        var pseudo = InternetChecksum.SumPseudoHeader(InetAddress.Parse("fe80::90:100"), InetAddress.Parse("ff02::1"), 58, message.Length);
        Assert.That(InternetChecksum.IsValid(pseudo + InternetChecksum.Sum(message)), Is.True);
    }

    [Test]
    public void NeighbourAdvertisement_InfiniBand_PadsTheOptionAndMapsTheGroup()
    {
        var frame = new byte[NeighbourAdvertisement.MaxLength];
        var length = NeighbourAdvertisement.Write(frame, InfiniBand, InfiniBandBroadcast, InetAddress.Parse("fe80::1"), isRouter: false);

        Assert.That(length, Is.EqualTo(112));
        Assert.That(Convert.ToHexStringLower(frame.AsSpan(0, 24)), Is.EqualTo("00ffffffff12601b80010000000000000000000186dd0000"));
        Assert.That(Convert.ToHexStringLower(frame.AsSpan(88, 4)), Is.EqualTo("02030000"));
        Assert.That(frame.AsSpan(92, 20).SequenceEqual(InfiniBand.Bytes), Is.True);
    }

    [Test]
    public void NeighbourAdvertisement_IPv4Address_IsRefused() => Assert.That(
        static () => NeighbourAdvertisement.Write(new byte[112], Broadcast, Broadcast, InetAddress.Parse("10.0.0.1"), false),
        Throws.ArgumentException);

    private static LinkLayerAddress Mac(string text) =>
        LinkLayerAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
