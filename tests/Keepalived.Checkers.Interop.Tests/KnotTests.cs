using System.Net;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Dns;
using Keepalived.Checkers.Interop.Tests.Lab;
using Keepalived.Checkers.Udp;

namespace Keepalived.Checkers.Interop.Tests;

/// <summary>DNS_CHECK and UDP_CHECK against Knot.</summary>
public sealed class KnotTests
{
    private Knot _knot = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _knot = new Knot();
        // It listens before it has signed its zone.
        for (var i = 0; i < 100 && !(await Check("example.test", DnsRecordType.Soa)).IsSuccess; i++)
            await Task.Delay(100);
    }

    [OneTimeTearDown]
    public void Stop() => _knot?.Dispose();

    [TestCase("example.test", DnsRecordType.Soa)]
    [TestCase("example.test.", DnsRecordType.Soa)]
    [TestCase("example.test", DnsRecordType.Ns)]
    [TestCase("example.test", DnsRecordType.Mx)]
    [TestCase("example.test", DnsRecordType.Txt)]
    [TestCase("example.test", DnsRecordType.Rrsig)]
    [TestCase("example.test", DnsRecordType.Dnskey)]
    [TestCase("www.example.test", DnsRecordType.A)]
    [TestCase("www.example.test", DnsRecordType.Aaaa)]
    [TestCase("WWW.Example.TEST", DnsRecordType.A)]
    [TestCase("alias.example.test", DnsRecordType.Cname)]
    [TestCase("www.example.test", DnsRecordType.Mx, Description = "an answer without a record is an answer")]
    [TestCase("big.example.test", DnsRecordType.Txt, Description = "truncated: the rest would be asked for by TCP")]
    public async Task Check_ANameOfTheZone_Succeeds(string name, DnsRecordType type) =>
        Assert.That((await Check(name, type)).Reason, Is.Empty);

    [TestCase("missing.example.test", 3, Description = "NXDOMAIN")]
    [TestCase("broken.test", 2, Description = "SERVFAIL")]
    [TestCase("elsewhere.test", 5, Description = "REFUSED")]
    [TestCase(".", 5)]
    public async Task Check_AnError_Fails(string name, int code) =>
        Assert.That((await Check(name, DnsRecordType.A)).Reason, Is.EqualTo($"the server answers with rcode {code}"));

    [Test]
    public async Task Udp_AQuestion_IsAnsweredAsThePatternSays()
    {
        var query = DnsMessage.BuildQuery("www.example.test", DnsRecordType.A);
        DnsMessage.SetId(query, 0x1234);
        var header = new byte[] { 0x12, 0x34, 0x80 };
        Assert.That((await Ask(new UdpReplyPattern(header, [0xff, 0xff, 0x80]))).Reason, Is.Empty);
        Assert.That((await Ask(new UdpReplyPattern(header, [0xff, 0xff, 0x80], maxLength: 20))).Reason, Does.Contain("not the one expected"));
        Assert.That((await Ask(new UdpReplyPattern([0x12, 0x35]))).Reason, Does.Contain("not the one expected"));

        async Task<CheckResult> Ask(UdpReplyPattern pattern) => await new UdpChecker(new UdpCheckerOptions
        {
            Connection = Connection(20),
            Payload = query,
            RequireReply = true,
            Reply = pattern,
        }).CheckAsync(CancellationToken.None);
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    public async Task Udp_Silence_IsAFailureOnlyWhereAReplyIsRequired(bool required, bool good)
    {
        // Not a question: Knot keeps silent.
        var result = await new UdpChecker(new UdpCheckerOptions { Connection = Connection(0.3), RequireReply = required }).CheckAsync(CancellationToken.None);
        Assert.That(result.IsSuccess, Is.EqualTo(good), result.Reason);
    }

    private ConnectionOptions Connection(double timeout) => new()
    {
        Destination = new IPEndPoint(IPAddress.Loopback, _knot.Port),
        Timeout = TimeSpan.FromSeconds(timeout),
    };

    private async Task<CheckResult> Check(string name, DnsRecordType type) =>
        await new DnsChecker(new DnsCheckerOptions { Connection = Connection(20), Name = name, Type = type }).CheckAsync(CancellationToken.None);
}
