using System.Net.Sockets;
using CsCheck;
using Keepalived.Netlink;
using Keepalived.Vrrp.Tests.Core;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp.Tests.Wire;

/// <summary>Authentication headers and HMAC trailers, byte for byte.</summary>
public sealed class AuthenticationVectorTests
{
    private static readonly InetAddress Source = InetAddress.Parse("10.9.0.1");

    private static readonly VrrpRouterOptions Signed = new()
    {
        Name = "vector",
        VirtualRouterId = 53,
        Family = AddressFamily.InterNetwork,
        Priority = 200,
        Addresses = [InetAddress.Parse("10.9.0.120")],
        SourceAddress = Source,
        Hmac = TestKeys.Hmac(),
    };

    [Test]
    public void AuthenticationHeader_OfKnownOptions_IsTheVector()
    {
        var options = new VrrpRouterOptions
        {
            Name = "vector",
            VirtualRouterId = 52,
            Family = AddressFamily.InterNetwork,
            Version = VrrpVersion.V2,
            Priority = 90,
            Addresses = [InetAddress.Parse("10.9.0.110")],
            SourceAddress = Source,
            Authentication = VrrpAuthentication.AuthenticationHeader("secret"),
        };
        var packet = new VrrpAdvertisementTemplate(options).Patch(90, 1, Source, VrrpRouterOptions.DefaultGroupIPv4, 1);
        Assert.That(Convert.ToHexStringLower(packet), Is.EqualTo(
            "45c0004000010000ff33d0ad0a090001e0000012" + "700400000a0900010000000137aa8c2ce0b7ee1a737feb78"
            + "21345a01020178520a09006e0000000000000000"));
        Assert.That(AuthenticationHeader.TryParse(packet[20..], out var header), Is.True);
        Assert.That(header.NextHeader, Is.EqualTo(112));
        Assert.That(header.SecurityParametersIndex, Is.EqualTo(0x0a090001));
        Assert.That(header.SequenceNumber, Is.EqualTo(1));
        Assert.That(header.CheckValue.Length, Is.EqualTo(12));
    }

    [Test]
    public void HmacTrailer_OfKnownOptions_IsTheVector()
    {
        var packet = new VrrpAdvertisementTemplate(Signed)
            .Patch(200, 1, Source, VrrpRouterOptions.DefaultGroupIPv4, 0x6a000000_8000_0000);
        Assert.That(Convert.ToHexStringLower(packet[20..]), Is.EqualTo(
            "3135c8010064114b0a090078" + "010100006a00000080000000498ad0f008797b0ed136e9307fc0740b"));
        Assert.That(HmacTrailer.TryParse(packet[^28..], out var trailer), Is.True);
        Assert.That((trailer.Type, trailer.KeyId, trailer.Reserved), Is.EqualTo(((byte)1, (byte)1, (ushort)0)));
        Assert.That(trailer.Seconds, Is.EqualTo(0x6a000000));
        Assert.That(trailer.Sequence, Is.EqualTo(0x6a000000_8000_0000));
    }

    [Test]
    public void HmacTrailer_OfAnotherDestination_IsTheSame()
    {
        InetAddress[] peers = [InetAddress.Parse("10.9.0.2"), InetAddress.Parse("10.9.0.3")];
        var template = new VrrpAdvertisementTemplate(Signed with { Peers = [.. peers.Select(static peer => new VrrpPeer(peer))] });
        var first = template.Patch(200, 7, Source, peers[0], 42)[^28..].ToArray();
        var second = template.Patch(200, 7, Source, peers[1], 42)[^28..].ToArray();
        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase(0)]
    [TestCase(23)]
    public void AuthenticationHeader_TooShort_IsNone(int length) =>
        Assert.That(AuthenticationHeader.TryParse(new byte[length], out _), Is.False);

    [TestCase(0)]
    [TestCase(27)]
    public void HmacTrailer_TooShort_IsNone(int length) => Assert.That(HmacTrailer.TryParse(new byte[length], out _), Is.False);

    /// <summary>Patching in any order gives what building anew gives: signatures and checksums included.</summary>
    [Test]
    public void Patch_AnyHistory_EqualsBuildingAnew() =>
        Gen.Select(Gen.Int[0, 3], Gen.Select(Gen.Byte, Gen.UShort, Gen.Int[1, 200], Gen.ULong).Array[1, 6]).Sample(static (kind, steps) =>
        {
            var options = OptionsOf(kind);
            var template = new VrrpAdvertisementTemplate(options);
            byte[] patched = [];
            byte[] anew = [];
            foreach (var (priority, id, host, sequence) in steps)
            {
                var source = options.SourceAddress.IsIPv4
                    ? InetAddress.FromIPv4(0x0a090000u + (uint)host)
                    : InetAddress.Parse($"fe80::{host:x}");
                patched = template.Patch(priority, id, source, options.EffectiveGroup, sequence).ToArray();
                anew = new VrrpAdvertisementTemplate(options with { SourceAddress = source })
                    .Patch(priority, id, source, options.EffectiveGroup, sequence).ToArray();
            }

            return patched.AsSpan().SequenceEqual(anew);
        });

    private static VrrpRouterOptions OptionsOf(int kind) => kind switch
    {
        0 => RouterHarness.V2() with { Authentication = VrrpAuthentication.AuthenticationHeader("key") },
        1 => RouterHarness.V2() with { Hmac = TestKeys.Hmac() },
        2 => RouterHarness.V3() with { Hmac = TestKeys.Hmac() },
        _ => RouterHarness.V3IPv6() with { Hmac = TestKeys.Hmac() },
    };
}
