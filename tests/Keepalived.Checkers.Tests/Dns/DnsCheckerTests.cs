using CsCheck;
using Keepalived.Checkers.Dns;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Dns;

public sealed class DnsCheckerTests
{
    [TestCase("www.foo.com", DnsRecordType.A, "00000100000100000000000003777777" + "03666f6f03636f6d0000010001")]
    [TestCase("www.foo.com.", DnsRecordType.A, "00000100000100000000000003777777" + "03666f6f03636f6d0000010001")]
    [TestCase(".", DnsRecordType.Soa, "0000010000010000000000000000060001")]
    [TestCase("", DnsRecordType.Dnskey, "0000010000010000000000000000300001")]
    public void BuildQuery_AName_GivesTheBytesOfKeepalived(string name, DnsRecordType type, string expected) =>
        Assert.That(Convert.ToHexStringLower(DnsMessage.BuildQuery(name, type)), Is.EqualTo(expected));

    [TestCase("a..b")]
    [TestCase(".a")]
    [TestCase("a..")]
    [TestCase("ä.test")]
    [TestCase("a234567890123456789012345678901234567890123456789012345678901234.test")]
    public void BuildQuery_WhatIsNoName_IsRefused(string name) =>
        Assert.That(() => DnsMessage.BuildQuery(name, DnsRecordType.A), Throws.ArgumentException);

    [Test]
    public void BuildQuery_ANameThatIsTooLong_IsRefused()
    {
        var longest = string.Join('.', Enumerable.Repeat("a", 127));
        Assert.That(DnsMessage.BuildQuery(longest, DnsRecordType.A), Has.Length.EqualTo(12 + 255 + 4));
        Assert.That(() => DnsMessage.BuildQuery(longest + ".a", DnsRecordType.A), Throws.ArgumentException);
    }

    [Test]
    public void TryReadReply_AnyBytes_OnlyForIdAndResponseFlag()
    {
        Assert.That(DnsMessage.TryReadReply([1, 2, 0x81, 0x83, 0, 0, 0, 0, 0, 0, 0, 0], 0x0102, out var code));
        Assert.That(code, Is.EqualTo(3));
        Assert.That(DnsMessage.TryReadReply([1, 2, 0x01, 0x80, 0, 0, 0, 0, 0, 0, 0, 0], 0x0102, out _), Is.False, "a question");
        Assert.That(DnsMessage.TryReadReply([1, 3, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0], 0x0102, out _), Is.False, "of another id");
        Assert.That(DnsMessage.TryReadReply([1, 2, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0], 0x0102, out _), Is.False, "cut");
        Gen.Byte.Array[0, 30].Sample(bytes => !DnsMessage.TryReadReply(bytes, 5, out var any) || any is >= 0 and < 16);
    }

    [TestCase(0, CheckOutcome.Success, "")]
    [TestCase(2, CheckOutcome.Failure, "the server answers with rcode 2")]
    [TestCase(5, CheckOutcome.Failure, "the server answers with rcode 5")]
    public async Task Check_AServer_IsJudgedByItsResponseCode(byte code, CheckOutcome outcome, string reason)
    {
        await using var server = new LoopbackDatagramServer(query => [[1], Reply(query, 0, idOffset: 1), query, Reply(query, code)]);
        var result = await Check(server);
        Assert.That(result, Is.EqualTo(new CheckResult(outcome, reason)), "what is no reply to the question is passed over");
        Assert.That(server.Received.Single()[2..], Is.EqualTo(DnsMessage.BuildQuery("www.foo.com", DnsRecordType.A)[2..]));
    }

    [Test]
    public async Task Check_AServerThatAnswersOtherQuestionsOnly_TimesOut()
    {
        await using var server = new LoopbackDatagramServer(query => Enumerable.Repeat(Reply(query, 0, idOffset: 1), 100));
        Assert.That((await Check(server)).Reason, Does.StartWith("timeout waiting for an answer"));
    }

    [Test]
    public async Task Check_NobodyThere_IsAFailure()
    {
        var checker = new DnsChecker(new DnsCheckerOptions { Connection = new() { Destination = LoopbackServer.Nobody } });
        Assert.That((await checker.CheckAsync(CancellationToken.None)).Reason, Does.Contain("refused"));
    }

    private static byte[] Reply(byte[] query, byte code, int idOffset = 0)
    {
        var reply = (byte[])query.Clone();
        reply[1] += (byte)idOffset;
        reply[2] |= 0x80;
        reply[3] = code;
        return reply;
    }

    private static async Task<CheckResult> Check(LoopbackDatagramServer server) => await new DnsChecker(new DnsCheckerOptions
    {
        Connection = new() { Destination = server.Address, Timeout = TimeSpan.FromSeconds(1) },
        Name = "www.foo.com",
        Type = DnsRecordType.A,
    }).CheckAsync(CancellationToken.None);
}
