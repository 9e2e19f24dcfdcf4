using System.Net;
using CsCheck;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Ping;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Ping;

public sealed class PingCheckerTests
{
    [TestCase(false, 8)]
    [TestCase(true, 128)]
    public void WriteRequest_IntoUsedMemory_GivesThePacketOfKeepalived(bool isIPv6, byte type)
    {
        var packet = Enumerable.Repeat((byte)0xee, PingPacket.Length).ToArray();
        PingPacket.WriteRequest(packet, 0x0102, isIPv6);
        Assert.That(packet[..8], Is.EqualTo(new byte[] { type, 0, 0, 0, 0, 0, 1, 2 }));
        var text = System.Text.Encoding.ASCII.GetString(packet[8..]);
        Assert.That(text, Has.Length.EqualTo(128).And.StartsWith("keepalived check - keepalived check - k"));
    }

    [Test]
    public void IsReply_OfAnyBytes_OnlyForTypeCodeAndSequence()
    {
        Assert.That(PingPacket.IsReply([0, 0, 9, 9, 9, 9, 1, 2], 0x0102, false));
        Assert.That(PingPacket.IsReply([129, 0, 9, 9, 9, 9, 1, 2, 3], 0x0102, true));
        Assert.That(PingPacket.IsReply([8, 0, 9, 9, 9, 9, 1, 2], 0x0102, false), Is.False, "a request");
        Assert.That(PingPacket.IsReply([0, 0, 9, 9, 9, 9, 1, 3], 0x0102, false), Is.False, "of another probe");
        Assert.That(PingPacket.IsReply([0, 0, 9, 9, 9, 9, 1], 0x0102, false), Is.False, "cut");
        Gen.Byte.Array[0, 20].Sample(bytes => !PingPacket.IsReply(bytes, 7, true) || bytes is [129, 0, _, _, _, _, 0, 7, ..]);
    }

    [TestCase("127.0.0.1", CheckOutcome.Success)]
    [TestCase("::1", CheckOutcome.Success)]
    [TestCase("192.0.2.1", CheckOutcome.Failure, Description = "unreachable in a namespace that has only lo")]
    public void Check_InANetworkOfItsOwn_AnswersEveryTime(string address, CheckOutcome expected)
    {
        var results = PrivateNetwork.Run(() =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/ping_group_range", "0 2147483647");
            var checker = new PingChecker(new ConnectionOptions { Destination = new IPEndPoint(IPAddress.Parse(address), 80) });
            // The socket is opened before the first wait, and so on this thread and in its namespace.
            return Enumerable.Range(0, 3).Select(_ => Wait(checker)).ToList();
        });
        Assert.That(results.Select(result => result.Outcome), Is.All.EqualTo(expected), string.Join("; ", results));
    }

    [Test]
    public void Check_OutsideOfTheGroupsThatMayPing_IsNotTheServersFault()
    {
        var result = PrivateNetwork.Run(() =>
        {
            File.WriteAllText("/proc/sys/net/ipv4/ping_group_range", "1 0");
            var checker = new PingChecker(new ConnectionOptions { Destination = new IPEndPoint(IPAddress.Loopback, 0) });
            return Wait(checker);
        });
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.LocalError), result.Reason);
    }

    private static CheckResult Wait(PingChecker checker) => checker.CheckAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
