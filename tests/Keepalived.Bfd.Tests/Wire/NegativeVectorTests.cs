using Keepalived.Bfd.Tests.Support;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Wire;

/// <summary>The hand-made malformed and forged packets, sent to a table with one session of discriminator 0x22222222.</summary>
public sealed class NegativeVectorTests
{
    private static IEnumerable<TestCaseData> Vectors => CapturedFrame.Load("negative-vectors", BfdPorts.SingleHop)
        .Select(frame => new TestCaseData(frame).SetArgDisplayNames(frame.Fields.GetProperty("name").GetString()!));

    [TestCaseSource(nameof(Vectors))]
    public void HandleDatagram_Vector_HasTheVerdictAndChangesNothingIfDiscarded(object vector)
    {
        var frame = (CapturedFrame)vector;
        var path = new BfdPath { Remote = InetAddress.Parse("10.90.0.66") };
        var session = new BfdSession(path, 0x22222222, SessionHarness.Fast, now: 0, new Random(1));
        var table = new BfdSessionTable();
        table.Add(session);
        var origin = new BfdPacketOrigin
        {
            Source = InetAddress.Parse("10.90.0.66"),
            Destination = InetAddress.Parse("10.90.0.1"),
            HopLimit = frame.HopLimit,
        };

        var reason = table.HandleDatagram(frame.Payload, origin, now: 0, out _);

        Assert.That(reason, Is.EqualTo(Expected(frame.Fields.GetProperty("name").GetString()!)));
        if (reason != BfdDiscardReason.None)
            Assert.That((session.State, session.RemoteDiscriminator), Is.EqualTo((BfdState.Down, 0u)));
        else
            Assert.That(session.RemoteDiscriminator, Is.EqualTo(0x11111111u));
    }

    private static BfdDiscardReason Expected(string name) => name switch
    {
        "bfd-good-up" or "bfd-good-down" or "bfd-source-port-1000" => BfdDiscardReason.None,
        "bfd-version-0" or "bfd-version-2" or "bfd-version-7" => BfdDiscardReason.Version,
        "bfd-length-0" or "bfd-length-23" or "bfd-auth-length-25" => BfdDiscardReason.LengthTooSmall,
        "bfd-length-25" or "bfd-length-255" => BfdDiscardReason.LengthBeyondDatagram,
        "bfd-mult-0" => BfdDiscardReason.MultiplierZero,
        "bfd-multipoint" => BfdDiscardReason.Multipoint,
        "bfd-my-discriminator-0" => BfdDiscardReason.MyDiscriminatorZero,
        "bfd-unknown-session" => BfdDiscardReason.UnknownDiscriminator,
        "bfd-up-your-discriminator-0" or "bfd-init-your-discriminator-0" => BfdDiscardReason.YourDiscriminatorZero,
        "bfd-auth-unexpected" => BfdDiscardReason.AuthenticationUnexpected,
        "bfd-ttl-254" => BfdDiscardReason.HopLimit,
        _ when name.StartsWith("bfd-truncated-", StringComparison.Ordinal) => BfdDiscardReason.Truncated,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A vector without a verdict."),
    };
}
