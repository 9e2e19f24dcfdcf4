using CsCheck;
using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd.Tests.Wire;

/// <summary>Any bytes: nothing throws, and what is discarded changes no state.</summary>
public sealed class RandomBytesTests
{
    private static readonly BfdKey Key = new(7, BfdAuthenticationType.KeyedMd5, "bfdsecret"u8);

    // Mostly noise, and often a good packet with some bytes overwritten, which gets further.
    private static readonly Gen<byte[]> Datagrams = Gen.Select(
        Gen.Byte.Array[0, 80],
        Gen.Bool,
        Gen.Bool,
        Gen.Select(Gen.Int[0, 47], Gen.Byte).Array[0, 4]).Select((noise, isMutant, isSigned, edits) =>
    {
        if (!isMutant)
            return noise;
        var bytes = new byte[BfdControlPacket.MaxSize];
        var length = new BfdControlHeader
        {
            State = BfdState.Down,
            DetectMultiplier = 3,
            MyDiscriminator = SessionHarness.Theirs,
            YourDiscriminator = SessionHarness.Mine,
            DesiredMinTxInterval = 100_000,
            RequiredMinRxInterval = 100_000,
        }.WriteTo(bytes);
        if (isSigned)
            length = Key.Sign(bytes, 5);
        foreach (var (at, value) in edits)
            bytes[at] = value;
        return bytes[..length];
    });

    [Test]
    public void TryParse_AnyBytes_NeverThrowsAndRoundTripsWhatItTakes() => Datagrams.Sample(bytes =>
    {
        var reason = BfdControlPacket.TryParse(bytes, out var packet);
        if (reason != BfdDiscardReason.None)
            return packet.Bytes.IsEmpty;
        var again = new byte[BfdControlHeader.Size];
        packet.Header.WriteTo(again);
        again[3] = (byte)packet.Bytes.Length;
        _ = packet.TryGetAuthentication(out _);
        _ = Key.Verify(packet);
        return again.AsSpan().SequenceEqual(packet.Bytes[..BfdControlHeader.Size]);
    });

    [Test]
    public void Sections_AnyBytes_NeverThrow() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        if (!BfdAuthenticationSection.TryParse(bytes, out var section))
            return;
        _ = section.Type;
        _ = section.KeyId;
        if (!section.IsWellFormed)
            return;
        _ = section.Type == BfdAuthenticationType.SimplePassword ? section.Password.Length : (int)section.Sequence + section.Digest.Length;
    });

    [Test]
    public void Session_AnyBytes_NoStateChangesUnlessTaken([Values] bool isAuthenticated)
    {
        var options = SessionHarness.Fast with
        {
            EchoTxInterval = TimeSpan.FromMilliseconds(50),
            Authentication = isAuthenticated ? new BfdKeyChain(Key) : null,
        };
        var taken = 0;
        Datagrams.Array[1, 20].Sample(
            datagrams =>
            {
                var harness = new SessionHarness(options);
                foreach (var bytes in datagrams)
                {
                    var before = Snapshot(harness.Session);
                    var sent = harness.Sent.Count;
                    var reason = harness.ReceiveBytes(bytes);
                    if (reason == BfdDiscardReason.None)
                        Interlocked.Increment(ref taken);
                    else if (Snapshot(harness.Session) != before || harness.Sent.Count != sent)
                        return false;
                    harness.Session.HandleEcho(bytes, harness.Now);
                    harness.Advance(SessionHarness.Millisecond);
                }

                return true;
            },
            threads: 1);
        Assert.That(taken, Is.Positive, "some mutants are good");
    }

    [Test]
    public void Table_AnyBytes_NeverThrows() => Datagrams.Sample(bytes =>
    {
        var table = new BfdSessionTable();
        var path = new BfdPath { Remote = Netlink.InetAddress.FromIPv4(0x0a000001) };
        table.Add(new BfdSession(path, SessionHarness.Mine, SessionHarness.Fast, 0));
        var origin = new BfdPacketOrigin { Source = Netlink.InetAddress.FromIPv4(0x0a000001), HopLimit = 255 };
        table.HandleDatagram(bytes, origin, 0, out _);
        table.HandleEchoDatagram(bytes, 254, 0, out _);
    });

    private static (BfdState, BfdState, BfdDiagnostic, uint, bool, long, long, long, bool) Snapshot(BfdSession session) => (
        session.State, session.RemoteState, session.Diagnostic, session.RemoteDiscriminator, session.IsRemoteDemand,
        session.TransmitInterval, session.DetectionTime, session.NextDeadline, session.IsPolling);
}
