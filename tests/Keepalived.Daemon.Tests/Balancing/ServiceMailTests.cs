using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Tests.Mail;
using static Keepalived.Daemon.Tests.Balancing.BalancerHarness;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>Mails of checks, real servers and quorums, by a mail server of the test's.</summary>
public sealed class ServiceMailTests
{
    private const string Web = "[192.0.2.1]:tcp:80";
    private static readonly string One = Subject("[198.51.100.1]:tcp:80", "DOWN");

    private readonly MailServer _server = new();
    private readonly BalancerHarness _balancer = new();

    [OneTimeTearDown]
    public void Close()
    {
        _balancer.Dispose();
        _server.Dispose();
    }

    [Test, NonParallelizable]
    public void Mails_AreWhatKeywordsSay()
    {
        // A real server mails unless told otherwise; a virtual server only if told.
        _balancer.Start(Configured(new MailConfiguration(), Service(80, Server(1, bfd: "one"), Server(2))));
        _balancer.Do(static balancer => balancer.OnBfd("one", isUp: false));
        Expect(One);

        // smtp_alert_checker, for both; smtp_alert of one overrules it. A server that lost its only check takes the quorum with it.
        _balancer.Start(Configured(new MailConfiguration { CheckerAlert = true }, Service(80, Server(1, bfd: "one") with { SmtpAlert = false })));
        Expect(One, $"[here] Virtualserver {Web} - UP");
        _balancer.Do(static balancer => balancer.OnBfd("one", isUp: false));
        Expect(One, $"[here] Virtualserver {Web} - UP", $"[here] Virtualserver {Web} - DOWN");
        Assert.That(_server.Lines, Does.Contain("=> Lost quorum 1+0=1 <= 0 <="));

        // no_checker_emails: one of two failing checks takes the server down, the other is not told of.
        var before = _server.Subjects.Count();
        var twice = Server(1, bfd: "one") is var server ? server with { Checks = [.. server.Checks, .. Server(1, bfd: "two").Checks] } : null!;
        _balancer.Start(Configured(new MailConfiguration { OnlyServers = true }, Service(80, twice)));
        _balancer.Do(static balancer => balancer.OnBfd("one", isUp: false));
        _balancer.Do(static balancer => balancer.OnBfd("two", isUp: false));
        _balancer.Do(static balancer => balancer.OnBfd("two", isUp: true));
        _balancer.Do(static balancer => balancer.OnBfd("one", isUp: true));
        _balancer.Eventually(() => _server.Subjects.Count() >= before + 2, "two mails");

        // Removed by a reload.
        _balancer.Reload(Configured(new MailConfiguration { OnlyServers = true }));
        _balancer.Eventually(() => _server.Subjects.Count() >= before + 3, "a third mail");
        Assert.That(_server.Subjects.Skip(before), Is.EqualTo(new[] { One, Subject("[198.51.100.1]:tcp:80", "UP"), One }));
        Assert.That(_server.Lines, Does.Contain("=> BFD check fails: the session is not up <=").And.Contain("=> Removed by a reload <="));
    }

    private static string Subject(string server, string state) => $"[here] Realserver {server} of virtual server {Web} - {state}";

    private void Expect(params string[] subjects)
    {
        _balancer.Eventually(() => _server.Subjects.Count() >= subjects.Length, $"{subjects.Length} mails");
        Assert.That(_server.Subjects, Is.EqualTo(subjects));
    }

    private KeepalivedConfiguration Configured(
        MailConfiguration mail, params Daemon.Configuration.Model.VirtualServers.VirtualServerConfiguration[] services)
    {
        var configuration = Of(services);
        return configuration with
        {
            Global = configuration.Global with
            {
                Mail = mail with
                {
                    Server = "127.0.0.1",
                    Port = _server.Port,
                    From = "keepalived@example.org",
                    Recipients = ["root@example.org"],
                    RouterId = "here",
                },
            },
        };
    }
}
