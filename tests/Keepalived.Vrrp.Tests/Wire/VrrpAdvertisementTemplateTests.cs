using System.Collections.Immutable;
using System.Net.Sockets;
using CsCheck;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Wire;

public sealed class VrrpAdvertisementTemplateTests
{
    private static readonly InetAddress Source = InetAddress.Parse("10.9.0.1");

    private static readonly Gen<InetAddress> IPv4 = Gen.UInt[0x0a000001, 0x0affffff].Select(InetAddress.FromIPv4);

    private static readonly Gen<InetAddress> IPv6 = Gen.Byte.Array[14].Select(static tail => InetAddress.FromBytes([0x20, 0x01, .. tail]));

    [Test]
    public void Message_Version2WithPassword_IsTheVector()
    {
        var options = RouterHarness.V2() with
        {
            Addresses = [InetAddress.Parse("10.9.0.100"), InetAddress.Parse("10.9.0.101")],
            Authentication = VrrpAuthentication.Pass("abcdefgh"),
        };

        Assert.That(Hex(new VrrpAdvertisementTemplate(options).Message), Is.EqualTo("213364020101D3580A0900640A0900656162636465666768"));
    }

    [TestCase(VrrpChecksumForm.PseudoHeader, "3135C8010032117D0A090078")]
    [TestCase(VrrpChecksumForm.MessageOnly, "3135C8010032FC150A090078")]
    public void Message_Version3OverIPv4_IsTheVector(VrrpChecksumForm form, string expected)
    {
        var options = RouterHarness.V3(200) with
        {
            VirtualRouterId = 53,
            AdvertisementInterval = TimeSpan.FromMilliseconds(500),
            Addresses = [InetAddress.Parse("10.9.0.120")],
            SourceAddress = Source,
            ChecksumForm = form,
        };

        Assert.That(Hex(new VrrpAdvertisementTemplate(options).Message), Is.EqualTo(expected));
    }

    [Test]
    public void Message_Version3OverIPv6_IsTheVector()
    {
        var options = RouterHarness.V3IPv6(150) with
        {
            VirtualRouterId = 54,
            Addresses = [InetAddress.Parse("fe80::54"), InetAddress.Parse("2001:db8::54")],
            SourceAddress = InetAddress.Parse("fe80::e429:c1ff:fef5:2fc4"),
        };
        var template = new VrrpAdvertisementTemplate(options);

        Assert.That(
            Hex(template.Message),
            Is.EqualTo("313696020064386FFE80000000000000000000000000005420010DB8000000000000000000000054"));
        Assert.That(template.Packet.Length, Is.EqualTo(template.Message.Length), "the kernel writes the IPv6 header");
    }

    [Test]
    public void Packet_Multicast_HasTheIPv4HeaderOfAnAdvert()
    {
        var template = new VrrpAdvertisementTemplate(RouterHarness.V3() with { UnicastHopLimit = 3 });

        Assert.That(IPv4Header.TryParse(template.Patch(100, 1, Source, VrrpRouterOptions.DefaultGroupIPv4), out var header), Is.True);
        Assert.That(header.TypeOfService, Is.EqualTo(0xc0));
        Assert.That(header.TimeToLive, Is.EqualTo(255), "a unicast TTL does not matter in multicast");
        Assert.That(header.TotalLength, Is.EqualTo(template.Packet.Length));
        Assert.That(header.Source, Is.EqualTo(Source));
        Assert.That(header.Destination, Is.EqualTo(InetAddress.Parse("224.0.0.18")));
    }

    [TestCase(null, 255)]
    [TestCase((byte)3, 3)]
    public void Packet_Unicast_HasTheTimeToLiveOfTheOptions(byte? configured, int expected)
    {
        var options = RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.2") with { UnicastHopLimit = configured };
        Assert.That(IPv4Header.TryParse(new VrrpAdvertisementTemplate(options).Packet, out var header), Is.True);
        Assert.That(header.TimeToLive, Is.EqualTo(expected));
    }

    [Test]
    public void Patch_AnyChangesOverIPv4_EqualsBuildingAnew() =>
        Gen.Select(Gen.Enum<VrrpVersion>(), Gen.Enum<VrrpChecksumForm>(), Gen.Byte[1, 255], Gen.UShort, IPv4, IPv4).Sample(
            static (version, form, priority, id, source, destination) =>
            {
                var options = RouterHarness.V2() with { Version = version, ChecksumForm = form };
                var patched = new VrrpAdvertisementTemplate(options);
                patched.Patch(7, 3, Source, VrrpRouterOptions.DefaultGroupIPv4);
                patched.Patch(priority, id, source, destination);
                var anew = new VrrpAdvertisementTemplate(options with
                {
                    Priority = priority,
                    SourceAddress = source,
                    Peers = [new VrrpPeer(destination)],
                });
                return patched.Packet.SequenceEqual(anew.Patch(priority, id, source, destination)) && patched.Message.SequenceEqual(
                    anew.Message);
            });

    [Test]
    public void Patch_AnyChangesOverIPv6_EqualsBuildingAnew() =>
        Gen.Select(Gen.Byte[1, 255], IPv6, IPv6).Sample(static (priority, source, destination) =>
        {
            var options = RouterHarness.V3IPv6();
            var patched = new VrrpAdvertisementTemplate(options);
            patched.Patch(priority, 1, source, destination);
            var anew = new VrrpAdvertisementTemplate(options with
            {
                Priority = priority,
                SourceAddress = source,
                Peers = [new VrrpPeer(destination)],
            });
            return patched.Packet.SequenceEqual(anew.Packet);
        });

    [Test]
    public void Patch_AnyRouter_GivesAMessageThatParsesToItsOptions() =>
        Gen.Select(Gen.Byte[1, 255], Gen.Byte[1, 255], Gen.Int[1, 4095], IPv4.Array[1, 40]).Sample(static (vrid, priority, cs, list) =>
        {
            var options = RouterHarness.V3(priority) with
            {
                VirtualRouterId = vrid,
                AdvertisementInterval = TimeSpan.FromMilliseconds(10 * cs),
                Addresses = [.. list.Distinct()],
            };
            var error = VrrpAdvertisement.TryParse(
                new VrrpAdvertisementTemplate(options).Message,
                AddressFamily.InterNetwork,
                out var message);
            var parsed = ImmutableArray.CreateBuilder<InetAddress>();
            for (var i = 0; i < message.AddressCount; i++)
                parsed.Add(message.GetAddress(i));
            return error == VrrpDecodeError.None && message.VirtualRouterId == vrid && message.Priority == priority
                && message.IntervalField == cs && parsed.SequenceEqual(options.Addresses)
                && message.HasValidChecksum(options.SourceAddress, options.EffectiveGroup);
        });

    [Test]
    public void UseOldUnicastChecksum_AnyPeer_CoversTheGroupInPlaceOfThePeer()
    {
        var group = VrrpRouterOptions.DefaultGroupIPv4;
        var template = new VrrpAdvertisementTemplate(RouterHarness.Unicast(RouterHarness.V3(), "10.9.0.2", "10.9.0.3"));
        template.UseOldUnicastChecksum(group);

        foreach (var peer in (string[])["10.9.0.3", "10.9.0.2"])
        {
            template.Patch(100, 1, Source, InetAddress.Parse(peer));
            VrrpAdvertisement.TryParse(template.Message, AddressFamily.InterNetwork, out var message);
            Assert.That(message.HasValidChecksum(Source, group), Is.True);
            Assert.That(message.HasValidChecksum(Source, InetAddress.Parse(peer)), Is.False);
        }
    }

    [Test]
    public void Patch_AddressOfAnotherFamily_Throws()
    {
        var template = new VrrpAdvertisementTemplate(RouterHarness.V3());
        Assert.That(() => template.Patch(1, 1, InetAddress.Parse("fe80::1"), InetAddress.Parse("ff02::12")), Throws.ArgumentException);
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
