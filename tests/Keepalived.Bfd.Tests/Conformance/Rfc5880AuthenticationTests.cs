using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using static Keepalived.Bfd.Tests.Support.SessionHarness;

namespace Keepalived.Bfd.Tests.Conformance;

/// <summary>RFC 5880 §6.7: authentication.</summary>
public sealed class Rfc5880AuthenticationTests
{
    private static readonly BfdAuthenticationType[] Keyed =
    [
        BfdAuthenticationType.KeyedMd5, BfdAuthenticationType.MeticulousKeyedMd5,
        BfdAuthenticationType.KeyedSha1, BfdAuthenticationType.MeticulousKeyedSha1,
    ];

    private static readonly BfdAuthenticationType[] AllTypes = [BfdAuthenticationType.SimplePassword, .. Keyed];

    [TestCaseSource(nameof(AllTypes))]
    public void B30_B33_EachKind_SignsWhatItVerifies(BfdAuthenticationType type)
    {
        var key = Key(type);
        var harness = With(key);
        harness.Advance(0);
        Assert.That(BfdControlPacket.TryParse(harness.Last.Bytes, out var packet), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(key.Verify(packet), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(new BfdKey(7, type, "other"u8).Verify(packet), Is.EqualTo(BfdDiscardReason.AuthenticationFailed));
        var travels = harness.Last.Bytes.AsSpan().IndexOf("bfdsecret"u8) >= 0;
        Assert.That(travels, Is.EqualTo(!key.IsKeyed), "only a password travels");
    }

    [Test]
    public void B31_AuthenticationBitWithoutKeys_IsDiscarded()
    {
        var harness = new SessionHarness();
        Assert.That(
            harness.Receive(harness.Peer, key: Key(BfdAuthenticationType.KeyedSha1)),
            Is.EqualTo(BfdDiscardReason.AuthenticationUnexpected));
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Down));
    }

    [Test]
    public void B31_NoAuthenticationBitWithKeys_IsDiscarded()
    {
        var harness = With(Key(BfdAuthenticationType.KeyedSha1));
        Assert.That(harness.Receive(BfdState.Down), Is.EqualTo(BfdDiscardReason.AuthenticationMissing));
        Assert.That(harness.Session.State, Is.EqualTo(BfdState.Down));
    }

    [Test]
    public void B32_SimplePassword_TypeKeyIdLengthAndPasswordHaveToMatch()
    {
        var key = Key(BfdAuthenticationType.SimplePassword);
        Assert.That(Try(key, new BfdKey(8, key.Type, "bfdsecret"u8)), Is.EqualTo(BfdDiscardReason.AuthenticationKeyId));
        Assert.That(
            Try(key, new BfdKey(7, BfdAuthenticationType.KeyedMd5, "bfdsecret"u8)), Is.EqualTo(BfdDiscardReason.AuthenticationType));
        Assert.That(Try(key, new BfdKey(7, key.Type, "bfdsecre"u8)), Is.EqualTo(BfdDiscardReason.AuthenticationFailed));
        Assert.That(Try(key, new BfdKey(7, key.Type, "bfdsecreT"u8)), Is.EqualTo(BfdDiscardReason.AuthenticationFailed));
        Assert.That(Try(key, key), Is.EqualTo(BfdDiscardReason.None));
    }

    [Test]
    public void B32_SectionBeyondThePacket_IsDiscarded()
    {
        var harness = With(Key(BfdAuthenticationType.SimplePassword));
        var bytes = Signed(harness.Peer, Key(BfdAuthenticationType.SimplePassword), 0);
        bytes[25] = 200;
        Assert.That(harness.ReceiveBytes(bytes), Is.EqualTo(BfdDiscardReason.AuthenticationLength));
        bytes[25] = 3;
        Assert.That(harness.ReceiveBytes(bytes), Is.EqualTo(BfdDiscardReason.AuthenticationLength));
    }

    [TestCaseSource(nameof(Keyed))]
    public void B33_KeyedWithWrongLength_IsDiscarded(BfdAuthenticationType type)
    {
        var harness = With(Key(type));
        var bytes = Signed(harness.Peer, Key(type), 1);
        bytes[25]--;
        Assert.That(harness.ReceiveBytes(bytes), Is.EqualTo(BfdDiscardReason.AuthenticationLength));
    }

    [TestCaseSource(nameof(Keyed))]
    public void B34_SequenceNumber_HasToBeInTheWindow(BfdAuthenticationType type)
    {
        const uint Last = uint.MaxValue - 3;
        var key = Key(type);
        var repeat = key.IsMeticulous ? BfdDiscardReason.AuthenticationSequence : BfdDiscardReason.None;
        foreach (var (distance, expected) in new (long, BfdDiscardReason)[]
        {
            (-1, BfdDiscardReason.AuthenticationSequence),
            (0, repeat),
            (1, BfdDiscardReason.None),
            (9, BfdDiscardReason.None),
            (10, BfdDiscardReason.AuthenticationSequence),
            (1L << 31, BfdDiscardReason.AuthenticationSequence),
        })
        {
            var harness = With(key);
            Assert.That(harness.Receive(harness.Peer, key: key, sequence: Last), Is.EqualTo(BfdDiscardReason.None), "the first sets it");
            var received = unchecked((uint)(Last + distance));
            Assert.That(harness.Receive(harness.Peer, key: key, sequence: received), Is.EqualTo(expected), $"{distance} after the last");
        }
    }

    [Test]
    public void B34_ForgedPacket_DoesNotMoveTheWindow()
    {
        var key = Key(BfdAuthenticationType.MeticulousKeyedSha1);
        var harness = With(key);
        harness.Receive(harness.Peer, key: key, sequence: 100);
        var forger = new BfdKey(7, key.Type, "guess"u8);
        Assert.That(harness.Receive(harness.Peer, key: forger, sequence: 109), Is.EqualTo(BfdDiscardReason.AuthenticationFailed));
        Assert.That(harness.Receive(harness.Peer, key: key, sequence: 101), Is.EqualTo(BfdDiscardReason.None));
    }

    [Test]
    public void B35_OwnSequenceNumber_StartsRandom()
    {
        var starts = Enumerable.Range(0, 32).Select(seed => FirstSequence(seed)).ToArray();
        Assert.That(starts.Distinct().Count(), Is.EqualTo(32));
        Assert.That(starts.Count(start => start > int.MaxValue), Is.InRange(4, 28));
    }

    [TestCaseSource(nameof(Keyed))]
    public void B35_OwnSequenceNumber_RisesWithEachPacketOrEachChange(BfdAuthenticationType type)
    {
        var harness = With(Key(type));
        harness.Advance(5 * Second);
        var sequences = harness.Sent.Select(Sequence).ToArray();
        var steps = sequences.Zip(sequences.Skip(1), (first, second) => unchecked(second - first)).ToArray();
        Assert.That(steps, Has.Length.GreaterThan(3).And.All.EqualTo(Key(type).IsMeticulous ? 1u : 0u));

        harness.Session.Disable(harness.Now);
        harness.Drain();
        Assert.That(unchecked(Sequence(harness.Last) - sequences[^1]), Is.EqualTo(1), "other contents");
    }

    [Test]
    public void B35_KnownSequence_IsForgottenAfterTwoDetectionTimes()
    {
        var key = Key(BfdAuthenticationType.KeyedMd5);
        var harness = With(key);
        harness.Receive(harness.Peer, key: key, sequence: 1000);
        var detection = harness.Session.DetectionTime;
        harness.Advance((2 * detection) - 1);
        Assert.That(harness.Receive(harness.Peer, key: key, sequence: 5), Is.EqualTo(BfdDiscardReason.AuthenticationSequence));
        harness.Advance(1);
        Assert.That(
            harness.Receive(harness.Peer, key: key, sequence: 5), Is.EqualTo(BfdDiscardReason.None), "the neighbour may have restarted");
    }

    [Test]
    public void B36_ReceivedPackets_SwitchNothing()
    {
        var harness = With(Key(BfdAuthenticationType.KeyedSha1));
        for (var i = 0; i < 100; i++)
            harness.Receive(BfdState.Down);
        harness.Advance(5 * Second);
        Assert.That(harness.Sent, Has.All.Matches<SentPacket>(packet => (packet.Header.Flags & BfdFlags.AuthenticationPresent) != 0));
    }

    [Test]
    public void KeyRollOver_LosesNoPacket()
    {
        var old = Key(BfdAuthenticationType.KeyedMd5);
        var fresh = new BfdKey(9, BfdAuthenticationType.MeticulousKeyedSha1, "the next one"u8);
        var harness = With(old);
        Assert.That(harness.Receive(harness.Peer, key: old, sequence: 1), Is.EqualTo(BfdDiscardReason.None));

        harness.Session.Reconfigure(Fast with { Authentication = new BfdKeyChain(old.Id, old, fresh) }, harness.Now);
        Assert.That(harness.Receive(harness.Peer, key: old, sequence: 2), Is.EqualTo(BfdDiscardReason.None));
        Assert.That(harness.Receive(harness.Peer, key: fresh, sequence: 3), Is.EqualTo(BfdDiscardReason.None));
        harness.Session.Reconfigure(Fast with { Authentication = new BfdKeyChain(fresh.Id, old, fresh) }, harness.Now);
        harness.Advance(Second);
        BfdControlPacket.TryParse(harness.Last.Bytes, out var packet);
        Assert.That(fresh.Verify(packet), Is.EqualTo(BfdDiscardReason.None));

        harness.Session.Reconfigure(Fast with { Authentication = new BfdKeyChain(fresh) }, harness.Now);
        Assert.That(harness.Receive(harness.Peer, key: old, sequence: 4), Is.EqualTo(BfdDiscardReason.AuthenticationKeyId));
        Assert.That(harness.Receive(harness.Peer, key: fresh, sequence: 4), Is.EqualTo(BfdDiscardReason.None));
    }

    [Test]
    public void Key_BadSecretOrChain_IsRefused()
    {
        Assert.That(() => new BfdKey(1, BfdAuthenticationType.KeyedMd5, []), Throws.ArgumentException);
        Assert.That(() => new BfdKey(1, BfdAuthenticationType.KeyedMd5, new byte[17]), Throws.ArgumentException);
        Assert.That(() => new BfdKey(1, BfdAuthenticationType.KeyedSha1, new byte[21]), Throws.ArgumentException);
        Assert.That(() => new BfdKey(1, BfdAuthenticationType.None, new byte[4]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        var key = Key(BfdAuthenticationType.KeyedMd5);
        Assert.That(() => new BfdKeyChain(7, key, key), Throws.ArgumentException);
        Assert.That(() => new BfdKeyChain(8, key), Throws.ArgumentException);
        Assert.That(key.ToString(), Does.Not.Contain("bfdsecret"));
    }

    private static BfdKey Key(BfdAuthenticationType type) => new(7, type, "bfdsecret"u8);

    private static SessionHarness With(BfdKey key, int seed = 1) => new(Fast with { Authentication = new BfdKeyChain(key) }, seed: seed);

    private static BfdDiscardReason Try(BfdKey receiver, BfdKey sender)
    {
        var harness = With(receiver);
        return harness.Receive(harness.Peer, key: sender, sequence: 1);
    }

    private static byte[] Signed(BfdControlHeader header, BfdKey key, uint sequence)
    {
        var bytes = new byte[BfdControlPacket.MaxSize];
        header.WriteTo(bytes);
        return bytes[..key.Sign(bytes, sequence)];
    }

    private static uint FirstSequence(int seed)
    {
        var harness = With(Key(BfdAuthenticationType.KeyedMd5), seed);
        harness.Advance(0);
        return Sequence(harness.Last);
    }

    private static uint Sequence(SentPacket sent)
    {
        BfdControlPacket.TryParse(sent.Bytes, out var packet);
        Assert.That(packet.TryGetAuthentication(out var section), Is.True);
        return section.Sequence;
    }
}
