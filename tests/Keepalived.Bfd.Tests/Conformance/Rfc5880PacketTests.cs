using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §4 and §6.5: the packet.</summary>
public sealed class Rfc5880PacketTests
{
    [Test]
    public void B1_Header_IsTwentyFourBytesInNetworkOrder()
    {
        // A packet with F, from a session Up by 100 ms: the bytes are those of spec and captures.
        var header = new BfdControlHeader
        {
            State = BfdState.Up,
            Flags = BfdFlags.Final,
            DetectMultiplier = 3,
            MyDiscriminator = 0x83b05547,
            YourDiscriminator = 0x83b05547,
            DesiredMinTxInterval = 100_000,
            RequiredMinRxInterval = 100_000,
        };
        var bytes = new byte[24];
        Assert.That(header.WriteTo(bytes), Is.EqualTo(24));
        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo("20d0031883b0554783b05547000186a0000186a000000000"));
    }

    [Test]
    public void B2_UnknownDiagnostic_IsKeptNotRefused([Range(9, 31)] int diagnostic)
    {
        var harness = new SessionHarness().BringUp();
        var header = harness.Peer with { Diagnostic = (BfdDiagnostic)diagnostic };
        Assert.That(harness.Receive(header), Is.EqualTo(BfdDiscardReason.None));
        Assert.That((int)harness.Session.RemoteDiagnostic, Is.EqualTo(diagnostic));
    }

    [TestCase(BfdState.AdminDown, 0)]
    [TestCase(BfdState.Down, 1)]
    [TestCase(BfdState.Init, 2)]
    [TestCase(BfdState.Up, 3)]
    public void B3_State_HasItsValueInTheTopBits(BfdState state, int value)
    {
        var bytes = new byte[24];
        new BfdControlHeader { State = state }.WriteTo(bytes);
        Assert.That(bytes[1] >> 6, Is.EqualTo(value));
    }

    [Test]
    public void B4_B5_B6_SentPackets_NeverMultipoint_NeverPollWithFinal_NeverDesiredTxZero()
    {
        var harness = new SessionHarness(Fast with { DemandMode = true, EchoTxInterval = TimeSpan.FromMilliseconds(20) });
        harness.Peer = harness.Peer with { RequiredMinEchoRxInterval = 10_000 };
        foreach (var state in new[] { BfdState.Down, BfdState.Init, BfdState.Up, BfdState.Down, BfdState.AdminDown, BfdState.Init })
        {
            harness.Receive(state, BfdFlags.Poll);
            harness.Advance(2 * Second);
            harness.Receive(state, BfdFlags.Final);
            harness.Session.Disable(harness.Now);
            harness.Advance(2 * Second);
            harness.Session.Enable(harness.Now);
            harness.Drain();
        }

        Assert.That(harness.Sent, Has.Count.GreaterThan(20));
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => (packet.Header.Flags & BfdFlags.Multipoint) == 0));
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => !(packet.IsPoll && packet.IsFinal)));
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => packet.Header.DesiredMinTxInterval > 0));
    }

    [Test]
    public void B6_DesiredMinTxZero_IsNoOption()
    {
        var options = Fast with { DesiredMinTxInterval = TimeSpan.Zero };
        Assert.That(options.Validate, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase(BfdAuthenticationType.SimplePassword, 9, 12)]
    [TestCase(BfdAuthenticationType.SimplePassword, 16, 19)]
    [TestCase(BfdAuthenticationType.KeyedMd5, 9, 24)]
    [TestCase(BfdAuthenticationType.MeticulousKeyedMd5, 16, 24)]
    [TestCase(BfdAuthenticationType.KeyedSha1, 9, 28)]
    [TestCase(BfdAuthenticationType.MeticulousKeyedSha1, 20, 28)]
    public void B7_AuthenticationSection_HasItsLength(BfdAuthenticationType type, int secret, int length)
    {
        var packet = Sign(new BfdKey(1, type, new byte[secret].Select(_ => (byte)'x').ToArray()));
        Assert.That(packet, Has.Length.EqualTo(24 + length));
        Assert.That((packet[3], packet[25]), Is.EqualTo(((byte)(24 + length), (byte)length)));
    }

    [Test]
    [SuppressMessage("Security", "CA5350", Justification = "RFC 5880 prescribes SHA1.")]
    public void B7_ReservedByte_IsZeroWhenSentAndIgnoredWhenReceived()
    {
        var key = new BfdKey(1, BfdAuthenticationType.KeyedSha1, "secret"u8);
        var bytes = Sign(key);
        Assert.That(bytes[27], Is.Zero);

        // A sender that fills it: its digest covers the byte, so a receiver that cleared it first would refuse the packet.
        bytes[27] = 0x5a;
        SHA1.HashData(WithKeyForDigest(bytes), bytes.AsSpan(32));
        BfdControlPacket.TryParse(bytes, out var packet);
        Assert.That(key.Verify(packet), Is.EqualTo(BfdDiscardReason.None));
    }

    private static byte[] WithKeyForDigest(byte[] bytes)
    {
        var copy = bytes.ToArray();
        copy.AsSpan(32).Clear();
        "secret"u8.CopyTo(copy.AsSpan(32));
        return copy;
    }

    private static byte[] Sign(BfdKey key)
    {
        var bytes = new byte[BfdControlPacket.MaxSize];
        new BfdControlHeader { State = BfdState.Down, DetectMultiplier = 3, MyDiscriminator = 1, DesiredMinTxInterval = 1 }.WriteTo(bytes);
        return bytes[..key.Sign(bytes, 7)];
    }
}
