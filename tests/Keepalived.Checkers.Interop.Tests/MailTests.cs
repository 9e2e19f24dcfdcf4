using System.Globalization;
using Keepalived.Checkers.Interop.Tests.Lab;

namespace Keepalived.Checkers.Interop.Tests;

/// <summary>What checks come to, as mails that Exim takes: those of our daemon have the subjects of the original's.</summary>
public sealed class MailTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public void Verdicts_AreMailedUnderTheSubjectsOfTheOriginal()
    {
        var original = Tools.Require("keepalived");
        using var network = new Network();
        using var exim = new Exim(network.Name);
        var closed = Tools.FreePort();
        using var real = new Balancer(network, original, Configuration("REAL", exim, closed));
        using var ours = new Balancer(network, Balancer.Ours, Configuration("OURS", exim, closed));
        string[] expected =
        [
            $"Realserver [127.0.1.1]:tcp:{closed} of virtual server [10.9.0.1]:tcp:80 - DOWN",
            $"Realserver [127.0.1.2]:tcp:{exim.Port} of virtual server [10.9.0.2]:tcp:80 - UP",
            "Virtualserver [10.9.0.1]:tcp:80 - DOWN",
            "Virtualserver [10.9.0.2]:tcp:80 - UP",
        ];

        foreach (var name in new[] { "REAL", "OURS" })
            Tools.Eventually(Patience, () => expected.All(Subjects(exim, name).Contains), () => $"{name}: {string.Join('\n', Subjects(exim, name))}");

        var text = exim.Mails;
        Assert.That(text, Does.Contain("From: Load Balancer <lb@mail.test>").Or.Contain("From: \"Load Balancer\" <lb@mail.test>"));
        Assert.That(text, Does.Contain("X-Mailer: Keepalived"));
        Assert.That(text, Does.Contain("To: ops@mail.test,\n root@mail.test"));
        ours.Stop();
        Tools.Eventually(Patience, () => Subjects(exim, "OURS").Count(static subject => subject.EndsWith("- DOWN", StringComparison.Ordinal)) >= 4,
            () => $"omega: what is shut down is mailed: {string.Join('\n', Subjects(exim, "OURS"))}");
    }

    private static string[] Subjects(Exim exim, string name)
    {
        var start = $"Subject: [{name}] ";
        return
        [
            .. exim.Mails.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..].TrimEnd())
                .Distinct(),
        ];
    }

    // The name before the address confuses the original's envelope: it has none there.
    private static string Configuration(string name, Exim exim, int closed) => string.Create(CultureInfo.InvariantCulture, $$"""
        global_defs {
            router_id {{name}}
            notification_email {
                ops@mail.test
                root@mail.test
            }
            notification_email_from {{(name == "OURS" ? "\"Load Balancer <lb@mail.test>\"" : "lb@mail.test")}}
            smtp_server 127.0.0.1 {{exim.Port}}
            smtp_helo_name good.test
            smtp_connect_timeout 10
            smtp_alert
        }
        virtual_server 10.9.0.1 80 {
            lvs_sched rr
            lvs_method NAT
            protocol TCP
            delay_loop 1
            warmup 0
            retry 0
            omega
            real_server 127.0.1.1 {{closed}} {
                TCP_CHECK { }
            }
        }
        virtual_server 10.9.0.2 80 {
            lvs_sched rr
            lvs_method NAT
            protocol TCP
            delay_loop 1
            warmup 0
            alpha
            omega
            real_server 127.0.1.2 {{exim.Port}} {
                TCP_CHECK { }
            }
        }

        """);
}
