using System.Text;
using System.Text.Json;
using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd.Tests.Wire;

/// <summary>Every BFD packet that BIRD, FRR and keepalived were recorded to send.</summary>
public sealed class CapturedFrameTests
{
    private static readonly string[] Plain =
    [
        "bfd-bird-frr", "bfd-bird-frr-ipv6", "bfd-bird-frr-multihop", "bfd-frr-echo", "bfd-ipv6-keepalived-bird", "bfd-ipv6-keepalived-frr",
        "bfd-keepalived-bird-admin-down", "bfd-keepalived-bird-timeout", "bfd-keepalived-bird-up", "bfd-keepalived-frr-admin-down",
        "bfd-keepalived-frr-poll", "bfd-keepalived-frr-up", "bfd-keepalived-pair", "bfd-keepalived-reload", "bfd-keepalived-stop",
        "bfd-multihop-keepalived-bird", "bfd-no-neighbour",
    ];

    private static readonly (string Capture, BfdAuthenticationType Type)[] Authenticated =
    [
        ("bfd-auth-simple", BfdAuthenticationType.SimplePassword),
        ("bfd-auth-keyed-md5", BfdAuthenticationType.KeyedMd5),
        ("bfd-auth-meticulous-md5", BfdAuthenticationType.MeticulousKeyedMd5),
        ("bfd-auth-keyed-sha1", BfdAuthenticationType.KeyedSha1),
        ("bfd-auth-meticulous-sha1", BfdAuthenticationType.MeticulousKeyedSha1),
    ];

    private static readonly string[] All = [.. Plain, .. Authenticated.Select(entry => entry.Capture)];

    [TestCaseSource(nameof(All))]
    public void TryParse_CapturedFrames_GivesWhatTheCaptureSays(string capture)
    {
        var frames = Load(capture);
        Assert.That(frames, Is.Not.Empty);
        foreach (var frame in frames)
        {
            Assert.That(BfdControlPacket.TryParse(frame.Payload, out var packet), Is.EqualTo(BfdDiscardReason.None), frame.ToString());
            Assert.That(Describe(packet), Is.EqualTo(Describe(frame.Fields)), frame.ToString());
        }
    }

    [TestCaseSource(nameof(Plain))]
    public void WriteTo_HeadersOfCapturedFrames_AreTheSameBytes(string capture)
    {
        var bytes = new byte[BfdControlHeader.Size];
        foreach (var frame in Load(capture))
        {
            BfdControlPacket.TryParse(frame.Payload, out var packet);
            packet.Header.WriteTo(bytes);
            Assert.That(bytes, Is.EqualTo(frame.Payload), frame.ToString());
        }
    }

    [TestCaseSource(nameof(Authenticated))]
    public void Verify_AuthenticatedFramesOfBird_Succeeds((string Capture, BfdAuthenticationType Type) entry)
    {
        var key = KeyOf(entry.Type);
        foreach (var frame in Load(entry.Capture))
        {
            BfdControlPacket.TryParse(frame.Payload, out var packet);
            Assert.That(key.Verify(packet), Is.EqualTo(BfdDiscardReason.None), frame.ToString());
        }
    }

    [TestCaseSource(nameof(Authenticated))]
    public void Sign_HeadersOfAuthenticatedFrames_GivesTheSameBytes((string Capture, BfdAuthenticationType Type) entry)
    {
        var key = KeyOf(entry.Type);
        foreach (var frame in Load(entry.Capture))
        {
            BfdControlPacket.TryParse(frame.Payload, out var packet);
            packet.TryGetAuthentication(out var section);
            var sequence = key.IsKeyed ? section.Sequence : 0;
            var bytes = new byte[BfdControlPacket.MaxSize];
            (packet.Header with { Flags = packet.Flags & ~BfdFlags.AuthenticationPresent }).WriteTo(bytes);
            var length = key.Sign(bytes, sequence);
            Assert.That(bytes[..length], Is.EqualTo(frame.Payload), frame.ToString());
        }
    }

    [TestCaseSource(nameof(Authenticated))]
    public void Verify_EveryFlippedBit_Fails((string Capture, BfdAuthenticationType Type) entry)
    {
        var key = KeyOf(entry.Type);
        var frame = Load(entry.Capture)[0];
        for (var bit = 0; bit < frame.Payload.Length * 8; bit++)
        {
            // A password does not protect the header.
            if (!key.IsKeyed && bit < BfdControlHeader.Size * 8)
                continue;
            var bytes = frame.Payload.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var isAccepted = BfdControlPacket.TryParse(bytes, out var packet) == BfdDiscardReason.None
                && key.Verify(packet) == BfdDiscardReason.None;
            Assert.That(isAccepted, Is.False, $"bit {bit}");
        }
    }

    [Test]
    public void EchoOfFrr_IsNoneOfOurs()
    {
        var frames = CapturedFrame.Load("bfd-frr-echo", BfdPorts.Echo).ToArray();
        Assert.That(frames, Has.Length.EqualTo(46));
        Assert.That(frames.Any(frame => BfdEchoPacket.TryParse(frame.Payload, out _)), Is.False);
    }

    private static BfdKey KeyOf(BfdAuthenticationType type) => new(7, type, Encoding.ASCII.GetBytes("bfdsecret"));

    private static CapturedFrame[] Load(string capture) => [.. CapturedFrame.Load(capture, BfdPorts.SingleHop, BfdPorts.Multihop)];

    private static string Describe(in BfdControlPacket packet) =>
        $"{packet.State} diag {(int)packet.Diagnostic} mult {packet.DetectMultiplier} length {packet.Bytes.Length} "
        + $"my {packet.MyDiscriminator} your {packet.YourDiscriminator} tx {packet.DesiredMinTxInterval} rx {packet.RequiredMinRxInterval} "
        + $"echo {packet.RequiredMinEchoRxInterval} P {packet.IsPoll} F {packet.IsFinal} D {packet.IsDemand} A {packet.IsAuthenticated} "
        + $"C {(packet.Flags & BfdFlags.ControlPlaneIndependent) != 0} M {(packet.Flags & BfdFlags.Multipoint) != 0}";

    private static string Describe(JsonElement fields) =>
        $"{fields.GetProperty("state")} diag {fields.GetProperty("diag")} mult {fields.GetProperty("mult")} "
        + $"length {fields.GetProperty("length")} my {fields.GetProperty("my_disc")} your {fields.GetProperty("your_disc")} "
        + $"tx {fields.GetProperty("tx")} rx {fields.GetProperty("rx")} echo {fields.GetProperty("echo_rx")} "
        + $"P {fields.GetProperty("poll")} F {fields.GetProperty("final")} D {fields.GetProperty("demand")} "
        + $"A {fields.GetProperty("auth")} C {fields.GetProperty("cpi")} M {fields.GetProperty("multipoint")}";
}
