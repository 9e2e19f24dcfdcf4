using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Dns;
using Keepalived.Checkers.Tests.Support;
using Keepalived.Checkers.Udp;

namespace Keepalived.Checkers.Tests.Hostile;

/// <summary>Datagrams that are no answers, or more than one.</summary>
public sealed class DatagramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Dns_AnswersToOtherQuestions_AreNotTaken()
    {
        await using var server = new LoopbackDatagramServer(query => Enumerable.Range(1, 200).Select(i => Reply(query, id => (ushort)(id + i))));
        Assert.That((await Ask(server, 1)).Reason, Does.StartWith("timeout waiting for an answer"));
    }

    [Test]
    public async Task Dns_TheAnswerAmongForgeries_IsFound()
    {
        await using var server = new LoopbackDatagramServer(query =>
        [
            [], [0], query, Reply(query, static id => (ushort)~id), [.. query[..2], 0x80], .. Enumerable.Repeat(new byte[11], 50), Reply(query),
        ]);
        Assert.That((await Ask(server)).Reason, Is.Empty);
    }

    [Test]
    public async Task Dns_AFloodThatIsNoAnswer_EndsAtTheTimeout()
    {
        await using var server = new LoopbackDatagramServer(query => Enumerable.Repeat(Reply(query, static id => (ushort)(id ^ 1)), 1_000_000));
        Assert.That((await Ask(server, 1)).Reason, Does.StartWith("timeout waiting for an answer"));
    }

    [Test]
    public async Task Dns_NamesThatPointAtThemselves_AreNotFollowed()
    {
        // RFC 1035 section 4.1.4: a name that is a pointer to itself, ten thousand answers of it announced.
        await using var server = new LoopbackDatagramServer(query =>
        {
            byte[] loop = [0xc0, (byte)query.Length, 0, 1, 0, 1, 0, 0, 0, 0, 0xff, 0xff];
            var reply = (byte[])[.. Reply(query), .. loop];
            (reply[6], reply[7]) = (0x27, 0x10);
            return [reply];
        });
        Assert.That((await Ask(server)).Reason, Is.Empty);
    }

    [TestCase(12)]
    [TestCase(769)]
    [TestCase(65_000)]
    public async Task Dns_AnAnswerOfAnyLength_IsReadNoFurtherThanItsHead(int length)
    {
        await using var server = new LoopbackDatagramServer(query =>
        {
            var reply = new byte[length];
            Reply(query).AsSpan(0, 12).CopyTo(reply);
            return [reply];
        });
        Assert.That((await Ask(server)).Reason, Is.Empty);
    }

    [Test]
    public async Task Dns_EveryErrorCode_IsAFailureWithItsNumber()
    {
        for (var code = 1; code <= 15; code++)
        {
            var rcode = code;
            await using var server = new LoopbackDatagramServer(query =>
            {
                var reply = Reply(query);
                reply[3] |= (byte)rcode;
                return [reply];
            });
            Assert.That((await Ask(server)).Reason, Is.EqualTo($"the server answers with rcode {code}"));
        }
    }

    [TestCase(0)]
    [TestCase(65_000)]
    public async Task Udp_AReplyOfAnyLength_IsJudged(int length)
    {
        await using var server = new LoopbackDatagramServer(_ => [new byte[length]]);
        var any = await Udp(server, null);
        Assert.That(any.Reason, Is.Empty, "without a pattern every reply does");
        var limited = await Udp(server, new UdpReplyPattern([0], minLength: 1, maxLength: 1000));
        Assert.That(limited.Reason, Does.Contain("not the one expected"));
    }

    private static byte[] Reply(byte[] query, Func<ushort, ushort>? change = null)
    {
        var reply = (byte[])query.Clone();
        reply[2] |= 0x80;
        var id = (ushort)((query[0] << 8) | query[1]);
        DnsMessage.SetId(reply, change?.Invoke(id) ?? id);
        return reply;
    }

    private static async Task<CheckResult> Ask(LoopbackDatagramServer server, double seconds = 20) => await new DnsChecker(new DnsCheckerOptions
    {
        Connection = new ConnectionOptions { Destination = server.Address, Timeout = TimeSpan.FromSeconds(seconds) },
        Name = "www.example.test",
        Type = DnsRecordType.A,
    }).CheckAsync(CancellationToken.None).AsTask().WaitAsync(Patience);

    private static async Task<CheckResult> Udp(LoopbackDatagramServer server, UdpReplyPattern? pattern) => await new UdpChecker(new UdpCheckerOptions
    {
        Connection = new ConnectionOptions { Destination = server.Address, Timeout = TimeSpan.FromSeconds(20) },
        RequireReply = true,
        Reply = pattern,
    }).CheckAsync(CancellationToken.None).AsTask().WaitAsync(Patience);
}
