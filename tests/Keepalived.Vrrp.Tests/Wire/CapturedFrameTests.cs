using Keepalived.Netlink;
using Keepalived.Netlink.Wire;
using Keepalived.Vrrp.Tests.Captures;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Wire;

/// <summary>What keepalived and FRR put on the wire, parsed and written again.</summary>
public sealed class CapturedFrameTests
{
    private static readonly LinkLayerAddress Broadcast = new([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    private static IEnumerable<string> Captures => CaptureFile.Names;

    [Test]
    public void Names_OfTheRecordings_AreThere() => Assert.That(CaptureFile.Names.Count(), Is.GreaterThan(25));

    [TestCaseSource(nameof(Captures))]
    public void Advertisements_OfACapture_AreWrittenAgainByteByByte(string name)
    {
        var frames = CaptureFile.Read(name).Where(static frame => frame.Kind == "vrrp").ToList();
        Assert.That(frames, Is.Not.Empty);

        // FRR lets the kernel write the IPv4 header, which sets "don't fragment"; the message behind it must still be the same.
        var offset = name.StartsWith("frr", StringComparison.Ordinal) && !frames[0].IsIPv6 ? IPv4Header.MinLength : 0;
        foreach (var frame in frames)
        {
            var start = frame.Bytes[6] == 0x02 ? 0 : offset;
            Assert.That(Convert.ToHexString(Rewrite(name, frame)[start..]), Is.EqualTo(Convert.ToHexString(frame.Datagram[start..])), frame.Name);
        }
    }

    [TestCaseSource(nameof(Captures))]
    public void GratuitousArps_OfACapture_AreWrittenAgainByteByByte(string name)
    {
        Span<byte> written = stackalloc byte[GratuitousArp.MaxLength];
        foreach (var frame in CaptureFile.Read(name).Where(static frame => frame.Kind == "arp"))
        {
            var hardware = new LinkLayerAddress(frame.Packet.Slice(8, 6));
            var length = GratuitousArp.Write(written, 1, hardware, Broadcast, InetAddress.FromBytes(frame.Packet.Slice(14, 4)));
            Assert.That(Convert.ToHexString(written[..length]), Is.EqualTo(Convert.ToHexString(frame.Bytes)), frame.Name);
        }
    }

    [TestCaseSource(nameof(Captures))]
    public void NeighbourAdvertisements_OfACapture_AreWrittenAgainByteByByte(string name)
    {
        Span<byte> written = stackalloc byte[NeighbourAdvertisement.MaxLength];
        foreach (var frame in CaptureFile.Read(name).Where(static frame => frame.Kind == "na" && frame.Bytes.Length == 86))
        {
            var target = InetAddress.FromBytes(frame.Packet.Slice(48, 16));
            if (InetAddress.FromBytes(frame.Packet.Slice(8, 16)) != target)
                continue; // a host announcing an address from another one: not VRRP's
            var hardware = new LinkLayerAddress(frame.Bytes.AsSpan(80, 6));
            var length = NeighbourAdvertisement.Write(written, hardware, Broadcast, target, (frame.Packet[44] & 0x80) != 0);
            Assert.That(Convert.ToHexString(written[..length]), Is.EqualTo(Convert.ToHexString(frame.Bytes)), frame.Name);
        }
    }

    /// <summary>Reads all that a captured advert says into options and lets a template write it.</summary>
    private static ReadOnlySpan<byte> Rewrite(string name, CapturedFrame frame)
    {
        var authentication = VrrpAuthentication.None;
        VrrpHmacOptions? hmac = null;
        ulong sequence = 0;
        var datagram = frame.Datagram;
        var source = frame.Header.Source;
        var destination = frame.Header.Destination;
        ushort id = 0;
        byte hopLimit = 255;
        if (!frame.IsIPv6)
        {
            Assert.That(IPv4Header.TryParse(datagram, out var ip), Is.True);
            (source, destination, id, hopLimit) = (ip.Source, ip.Destination, ip.Identification, ip.TimeToLive);
            datagram = datagram[ip.Bytes.Length..ip.TotalLength];
            if (ip.Protocol == AuthenticationHeader.Protocol)
            {
                Assert.That(AuthenticationHeader.TryParse(datagram, out var header), Is.True);
                (authentication, sequence) = (VrrpAuthentication.AuthenticationHeader("s3cret"), header.SequenceNumber);
                datagram = datagram[AuthenticationHeader.Length..];
            }
        }

        var payload = datagram;
        if (name.Contains("hmac", StringComparison.Ordinal))
        {
            Assert.That(HmacTrailer.TryParse(datagram[^HmacTrailer.Length..], out var trailer), Is.True);
            (hmac, sequence) = (TestKeys.Hmac(), trailer.Sequence);
            datagram = datagram[..^HmacTrailer.Length];
        }

        Assert.That(VrrpAdvertisement.TryParse(datagram, frame.Family, out var message), Is.EqualTo(VrrpDecodeError.None));
        var form = message.HasValidChecksum(source, destination) ? VrrpChecksumForm.PseudoHeader : VrrpChecksumForm.MessageOnly;
        // Over IPv6 the checksum covers the trailer, too.
        var sum = InternetChecksum.Sum(payload)
            + InternetChecksum.SumPseudoHeader(source, destination, VrrpAdvertisement.Protocol, payload.Length);
        Assert.That(frame.IsIPv6 ? InternetChecksum.IsValid(sum) : message.HasValidChecksum(source, destination, form), Is.True);
        var addresses = new InetAddress[message.AddressCount];
        for (var i = 0; i < addresses.Length; i++)
            addresses[i] = message.GetAddress(i);
        var options = new VrrpRouterOptions
        {
            Name = frame.Name,
            VirtualRouterId = message.VirtualRouterId,
            Family = frame.Family,
            Version = message.Version,
            Addresses = [.. addresses],
            AdvertisementInterval = TimeSpan.FromTicks(message.Interval / 100),
            SourceAddress = source,
            Peers = destination.IsMulticast ? [] : [new VrrpPeer(destination)],
            UnicastHopLimit = hopLimit,
            ChecksumForm = form,
            Authentication = message.AuthenticationType == VrrpAuthenticationType.Pass ? VrrpAuthentication.Pass(
                message.AuthenticationData) : authentication,
            Hmac = hmac,
        };
        return new VrrpAdvertisementTemplate(options).Patch(message.Priority, id, source, destination, sequence);
    }
}
