using Keepalived.Daemon.BfdEvents;

namespace Keepalived.Daemon.Tests.BfdEvents;

/// <summary>The bytes between the BFD process and its clients.</summary>
public sealed class BfdMessageTests
{
    [Test]
    public void Write_EachKind_IsReadAgain()
    {
        BfdMessage[] messages =
        [
            new(BfdMessageKind.SnapshotBegin, Missed: 77),
            new(BfdMessageKind.State, "peer", BfdClientState.Up, Time: long.MaxValue),
            new(BfdMessageKind.State, "größer", BfdClientState.Unknown, Time: -1),
            new(BfdMessageKind.SnapshotEnd),
        ];
        var bytes = new byte[BfdMessage.MaximumLength];
        foreach (var message in messages)
        {
            var length = message.Write(bytes);
            Assert.That(BfdMessage.TryRead(bytes.AsSpan(0, length), out var read), Is.True);
            Assert.That(read, Is.EqualTo(message));
        }
    }

    [TestCase("")]
    [TestCase("0101000000000000000000000000")]
    [TestCase("02010000000000000000000000000000", Description = "another version")]
    [TestCase("01000000000000000000000000000000", Description = "no kind")]
    [TestCase("01040000000000000000000000000000", Description = "a kind too many")]
    [TestCase("0102030000000000000000000000000041", Description = "a state too many")]
    [TestCase("01020200000000000000000000000000", Description = "a state of nobody")]
    [TestCase("0103000000000000000000000000000041", Description = "an end with a name")]
    public void TryRead_Malformed_IsRefused(string hex) =>
        Assert.That(BfdMessage.TryRead(Convert.FromHexString(hex), out _), Is.False);

    [Test]
    public void TryRead_AnyBytes_NeverThrows()
    {
        var random = new Random(5);
        var bytes = new byte[BfdMessage.MaximumLength + 1];
        for (var i = 0; i < 20_000; i++)
        {
            var some = bytes.AsSpan(0, random.Next(bytes.Length + 1));
            random.NextBytes(some);
            if (some.Length > 2 && i % 2 == 0)
                (some[0], some[1], some[2]) = (1, (byte)(1 + (i % 3)), (byte)(i % 3));
            _ = BfdMessage.TryRead(some, out _);
        }
    }
}
