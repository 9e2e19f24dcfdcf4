using System.Net;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Interop.Tests.Lab;
using Keepalived.Checkers.Smtp;

namespace Keepalived.Checkers.Interop.Tests;

/// <summary>SMTP_CHECK against Exim.</summary>
public sealed class EximTests
{
    private Exim _exim = null!;

    [OneTimeSetUp]
    public void Start() => _exim = new Exim();

    [OneTimeTearDown]
    public void Stop() => _exim?.Dispose();

    [Test]
    public async Task Check_AMailServer_Succeeds()
    {
        for (var i = 0; i < 20; i++)
            Assert.That((await Check(_exim.Port)).Reason, Is.Empty);
        Assert.That(_exim.Mails, Is.Empty, "nothing is mailed");
    }

    [Test]
    public async Task Check_AServerThatRefusesTheConnection_Fails() =>
        Assert.That((await Check(_exim.RefusingPort)).Reason, Is.EqualTo("bad greeting: 550"));

    [Test]
    public async Task Check_AServerThatRefusesTheName_Fails() =>
        Assert.That((await Check(_exim.Port, Exim.BadHelo)).Reason, Is.EqualTo("bad answer to HELO: 550"));

    [Test]
    public async Task Check_AGreetingOfTwoLines_IsNoneAsForTheOriginal() =>
        Assert.That((await Check(_exim.LongGreetingPort)).Reason, Is.EqualTo("bad greeting: not a reply"));

    private static async Task<CheckResult> Check(int port, string helo = "check.test") => await new SmtpChecker(new SmtpCheckerOptions
    {
        Connection = new ConnectionOptions { Destination = new IPEndPoint(IPAddress.Loopback, port), Timeout = TimeSpan.FromSeconds(20) },
        HeloName = helo,
    }).CheckAsync(CancellationToken.None);
}
