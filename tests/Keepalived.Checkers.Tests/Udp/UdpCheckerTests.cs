using System.Net;
using System.Text;
using CsCheck;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Tests.Support;
using Keepalived.Checkers.Udp;

namespace Keepalived.Checkers.Tests.Udp;

public sealed class UdpCheckerTests
{
    private static readonly IPAddress Foreign = IPAddress.Parse("192.0.2.9");
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    [TestCase(true, "pong", CheckOutcome.Success)]
    [TestCase(true, "nope", CheckOutcome.Success, Description = "anything is a reply")]
    [TestCase(true, null, CheckOutcome.Failure)]
    [TestCase(false, "pong", CheckOutcome.Success)]
    [TestCase(false, null, CheckOutcome.Success, Description = "silence is good enough")]
    public async Task Check_WithAndWithoutARequiredReply(bool require, string? reply, CheckOutcome expected)
    {
        await using var server = Server(reply);
        var result = await Check(new UdpCheckerOptions { Connection = To(server), RequireReply = require });
        Assert.That(result.Outcome, Is.EqualTo(expected), result.Reason);
        Assert.That(Encoding.ASCII.GetString(server.Received.Single()), Is.EqualTo("keepalived check - keepalived ch"));
    }

    [TestCase("pong", CheckOutcome.Success)]
    [TestCase("ping", CheckOutcome.Failure)]
    [TestCase("pong and much more than is allowed", CheckOutcome.Failure)]
    public async Task Check_WithAPattern_ComparesTheReply(string reply, CheckOutcome expected)
    {
        await using var server = Server(reply);
        var result = await Check(new UdpCheckerOptions
        {
            Connection = To(server),
            Payload = "ping"u8.ToArray(),
            RequireReply = true,
            Reply = new UdpReplyPattern("pong"u8, maxLength: 10),
        });
        Assert.That(result.Outcome, Is.EqualTo(expected), result.Reason);
        Assert.That(server.Received.Single(), Is.EqualTo("ping"u8.ToArray()));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Check_APortWithoutAServer_IsToldByIcmp(bool require)
    {
        // The TCP port is free, so most likely the UDP port of the same number is.
        var connection = new ConnectionOptions { Destination = LoopbackServer.Nobody };
        var result = await Check(new UdpCheckerOptions { Connection = connection, RequireReply = require });
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(result.Reason, Does.Contain("refused"));
    }

    [Test]
    public async Task Check_FromAnAddressThatIsNotOurs_CountsAsAFailure()
    {
        var connection = new ConnectionOptions { Destination = LoopbackServer.Nobody, BindAddress = Foreign };
        Assert.That((await Check(new UdpCheckerOptions { Connection = connection })).Outcome, Is.EqualTo(CheckOutcome.Failure));
    }

    [Test]
    public void IsMatch_WithWildcards_ComparesTheRest()
    {
        var pattern = new UdpReplyPattern([0x1f, 0xa0, 0x00], [0xff, 0xf0, 0x00], minLength: 1, maxLength: 4);
        Assert.That(pattern.IsMatch([0x1f, 0xa7, 0x55]));
        Assert.That(pattern.IsMatch([0x1f]), "as far as both go");
        Assert.That(pattern.IsMatch([0x1f, 0xb7, 0x55]), Is.False);
        Assert.That(pattern.IsMatch([]), Is.False);
        Assert.That(pattern.IsMatch([0x1f, 0xa0, 0, 0, 0]), Is.False);
        Gen.Byte.Array[0, 8].Sample(bytes => !pattern.IsMatch(bytes) || bytes is [0x1f] or [0x1f, >= 0xa0 and < 0xb0, ..]);
    }

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.That(() => new UdpReplyPattern([1], [1, 2]), Throws.ArgumentException);
        Assert.That(() => new UdpReplyPattern([1], minLength: 9, maxLength: 8), Throws.ArgumentException);
        Assert.That(() => new UdpReplyPattern([1], maxLength: 65536), Throws.ArgumentException);
        var connection = new ConnectionOptions { Destination = LoopbackServer.Nobody };
        Assert.That(() => new UdpChecker(new() { Connection = connection, Payload = new byte[65508] }), Throws.ArgumentException);
        Assert.That(() => new UdpChecker(new() { Connection = connection, Reply = new UdpReplyPattern([1]) }), Throws.ArgumentException);
    }

    private static LoopbackDatagramServer Server(string? reply) => new(_ => reply is null ? [] : [Encoding.ASCII.GetBytes(reply)]);

    private static ConnectionOptions To(LoopbackDatagramServer server) => new() { Destination = server.Address, Timeout = Short };

    private static async Task<CheckResult> Check(UdpCheckerOptions options) =>
        await new UdpChecker(options).CheckAsync(CancellationToken.None);
}
