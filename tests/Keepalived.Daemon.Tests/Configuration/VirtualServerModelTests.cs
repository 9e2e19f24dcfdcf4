using System.Net.Sockets;
using Keepalived.Checkers.Dns;
using Keepalived.Checkers.Http;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What the blocks of virtual servers come to: records, with everything inherited.</summary>
public sealed class VirtualServerModelTests
{
    private const string Full = """
        global_defs {
            enable_script_security
            script_user root
        }
        virtual_server 10.0.0.1 80 {
            delay_loop 6
            lvs_sched sh
            sh-port
            flag-3
            lvs_method DR
            protocol TCP
            persistence_timeout 50
            persistence_granularity 255.255.255.0
            virtualhost service.example
            alpha
            omega
            quorum 3
            hysteresis 1
            quorum_up "/bin/true up"
            retry 4
            connect_timeout 2.5
            inhibit_on_failure
            weight 2
            sorry_server 10.0.0.9 80
            sorry_server_inhibit
            real_server 10.0.0.2 80 {
                weight 5
                uthreshold 100
                lthreshold 50
                inhibit_on_failure off
                notify_down "/bin/true down"
                virtualhost real.example
                delay_before_retry 0.5
                TCP_CHECK {
                    connect_port 8080
                    bindto 10.0.0.200
                    retry 0
                    fwmark 7
                    alpha off
                }
                HTTP_GET {
                    http_protocol 1.1
                    url {
                        path /health
                        status_code 200-204 301
                        regex "a\d+"
                        regex_options caseless
                        regex_max_offset 10
                    }
                    url {
                        path /
                        virtualhost url.example
                        digest 0123456789abcdef0123456789ABCDEF
                    }
                }
            }
            real_server 10.0.0.3 80 {
                lvs_method TUN type gue port 5555 csum
                SSL_GET {
                    enable_sni
                    fast_recovery
                    url {
                        path /
                    }
                }
                DNS_CHECK {
                    type mx
                    name example.org
                }
                MISC_CHECK {
                    misc_path "/bin/true 'a b'"
                    misc_dynamic
                    warmup 0
                }
                UDP_CHECK {
                    payload 01 2
                    require_reply ffx1
                    max_reply_length 4
                }
                PING_CHECK {
                }
                SMTP_CHECK {
                    helo_name me
                    host {
                        connect_ip 10.0.0.30
                    }
                    host {
                        connect_port 587
                    }
                }
            }
        }
        """;

    private static VirtualServerConfiguration Server => Load.Text(Full).Configuration.VirtualServers.Single();

    [Test]
    public void Server_OfAFullBlock_IsComplete()
    {
        var server = Server;
        Assert.Multiple(() =>
        {
            Assert.That((server.Address, server.Port, server.Family, server.Protocol),
                Is.EqualTo((InetAddress.Parse("10.0.0.1"), (ushort)80, AddressFamily.InterNetwork, IpvsProtocol.Tcp)));
            Assert.That((server.Scheduler, server.Flags), Is.EqualTo(("sh", IpvsServiceFlags.SourceHashPort | IpvsServiceFlags.Scheduler3)));
            Assert.That(server.Persistence,
                Is.EqualTo(new IpvsPersistence { Timeout = TimeSpan.FromSeconds(50), Granularity = IpvsGranularity.Prefix(24) }));
            Assert.That((server.Alpha, server.Omega, server.Quorum, server.Hysteresis), Is.EqualTo((true, true, 3u, 1u)));
            Assert.That(server.QuorumUp!.Arguments, Is.EqualTo(new[] { "/bin/true", "up" }));
            Assert.That(server.QuorumDown, Is.Null);
            Assert.That(server.SorryServer, Is.EqualTo(new SorryServerConfiguration
            {
                Address = InetAddress.Parse("10.0.0.9"),
                Port = 80,
                Forwarding = IpvsForwarding.DirectRouting,
                InhibitOnFailure = true,
            }));
            Assert.That(server.Position.Location, Is.EqualTo(new SourceLocation(Load.Main, 5, 1)));
        });
    }

    [Test]
    public void RealServers_InheritWhatTheyDoNotSay()
    {
        var (first, second) = (Server.RealServers[0], Server.RealServers[1]);
        Assert.Multiple(() =>
        {
            Assert.That((first.Weight, first.UpperThreshold, first.LowerThreshold, first.InhibitOnFailure, first.VirtualHost),
                Is.EqualTo((5, 100u, 50u, false, "real.example")));
            Assert.That((first.Forwarding, first.Tunnel), Is.EqualTo((IpvsForwarding.DirectRouting, IpvsTunnel.Ipip)));
            Assert.That(first.NotifyDown!.Arguments, Is.EqualTo(new[] { "/bin/true", "down" }));
            Assert.That((second.Weight, second.InhibitOnFailure, second.VirtualHost, second.Alpha),
                Is.EqualTo((2, true, "service.example", true)));
            Assert.That((second.Forwarding, second.Tunnel),
                Is.EqualTo((IpvsForwarding.Tunnel, IpvsTunnel.Gue(5555, IpvsTunnelChecksum.Checksum))));
            Assert.That(second.Checks, Has.Count.EqualTo(7));
        });
    }

    [Test]
    public void Checks_InheritFromTheirServerAndItsService()
    {
        var checks = Server.RealServers[0].Checks;
        Assert.That(checks[0], Is.EqualTo(new TcpCheckConfiguration
        {
            Alpha = false,
            Connection = new CheckConnection
            {
                Address = InetAddress.Parse("10.0.0.2"),
                Port = 8080,
                BindAddress = InetAddress.Parse("10.0.0.200"),
                FirewallMark = 7,
                Timeout = TimeSpan.FromSeconds(2.5),
            },
            Timing = new CheckTiming
            {
                DelayLoop = TimeSpan.FromSeconds(6),
                Retry = 0,
                DelayBeforeRetry = TimeSpan.FromSeconds(0.5),
                WarmUp = TimeSpan.FromSeconds(6),
            },
        }));
        var http = (HttpCheckConfiguration)checks[1];
        Assert.That((http.IsTls, http.Protocol, http.Alpha, http.Timing.Retry), Is.EqualTo((false, HttpProtocol.Http11, true, 4u)));
        Assert.That(http.Urls[0], Is.EqualTo(new HttpUrlConfiguration
        {
            Path = "/health",
            Host = "real.example",
            StatusCodes = [(200, 204), (301, 301)],
            Regex = new HttpRegexConfiguration { Pattern = @"a\d+", Options = ["caseless"], MaxOffset = 10 },
        }));
        Assert.That(http.Urls[1], Is.EqualTo(new HttpUrlConfiguration
        {
            Path = "/",
            Host = "url.example",
            Digest = "0123456789abcdef0123456789ABCDEF",
        }));
    }

    [Test]
    public void Checks_OfEachKind_HaveTheirOwn()
    {
        var checks = Server.RealServers[1].Checks;
        var ssl = (HttpCheckConfiguration)checks[0];
        Assert.That((ssl.IsTls, ssl.FastRecovery, ssl.Urls[0].ServerName, ssl.Timing.DelayBeforeRetry),
            Is.EqualTo((true, true, "service.example", TimeSpan.FromSeconds(3))));
        var dns = (DnsCheckConfiguration)checks[1];
        Assert.That((dns.Type, dns.Name, dns.Timing.Retry, dns.Timing.DelayBeforeRetry),
            Is.EqualTo((DnsRecordType.Mx, "example.org", 4u, TimeSpan.FromSeconds(6))));
        var misc = (MiscCheckConfiguration)checks[2];
        Assert.That((misc.Script.Path, misc.IsDynamic, misc.Timeout, misc.Timing.WarmUp),
            Is.EqualTo(("/bin/true", true, TimeSpan.FromSeconds(6), TimeSpan.Zero)));
        Assert.That(misc.Script.Arguments, Is.EqualTo(new[] { "/bin/true", "a b" }));
        var udp = (UdpCheckConfiguration)checks[3];
        Assert.That(udp.Payload, Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That((udp.RequireReply, udp.MinReplyLength, udp.MaxReplyLength), Is.EqualTo((true, (ushort)0, (ushort)4)));
        Assert.That((udp.Reply, udp.ReplyMask), Is.EqualTo(((EquatableArray<byte>)[0xff, 0x01], (EquatableArray<byte>)[0xff, 0x0f])));
        Assert.That(((PingCheckConfiguration)checks[4]).Connection.Address, Is.EqualTo(InetAddress.Parse("10.0.0.3")));
        var mails = checks.OfType<SmtpCheckConfiguration>().Select(static check => (check.Connection.Address, check.Connection.Port, check.HeloName));
        Assert.That(mails, Is.EquivalentTo(new[]
        {
            (InetAddress.Parse("10.0.0.30"), (ushort)80, "me"), (InetAddress.Parse("10.0.0.3"), (ushort)587, "me"),
        }));
    }

    [Test]
    public void RetryAndDelay_WhereNothingIsSaid_AreTheKindsOwn()
    {
        var server = Load.Text(Service("10.0.0.1 80",
            "real_server 10.0.0.2 80 {\nTCP_CHECK {\n}\nDNS_CHECK {\n}\nMISC_CHECK {\nmisc_path /bin/true\n}\n}")).Configuration.VirtualServers[0];
        Assert.That(server.RealServers[0].Checks.OfType<ScheduledCheckConfiguration>()
                .Select(static check => (check.Timing.Retry, check.Timing.DelayBeforeRetry.TotalSeconds, check.Timing.WarmUp.TotalSeconds)),
            Is.EqualTo(new[] { (1u, 1.0, 60.0), (3u, 60.0, 60.0), (0u, 1.0, 60.0) }));
    }

    [TestCase("10.0.0.1 80", "lvs_method NAT", "10.0.0.2", 80, 80)]
    [TestCase("10.0.0.1 80", "lvs_method NAT", "10.0.0.2 8080", 8080, 8080)]
    [TestCase("10.0.0.1 80", "lvs_method DR", "10.0.0.2 8080", 80, 8080)]
    [TestCase("10.0.0.1 80", "lvs_method DR", "10.0.0.2", 80, 80)]
    [TestCase("fwmark 3", "lvs_method DR", "10.0.0.2 80", 0, 80)]
    [TestCase("fwmark 3", "lvs_method NAT", "10.0.0.2 80", 80, 80)]
    public void Port_IsTheOneThatTheKernelNeeds(string head, string method, string server, int expected, int check)
    {
        var real = Load.Text(Service(head, $"{method}\nreal_server {server} {{\nTCP_CHECK {{\n}}\n}}")).Configuration.VirtualServers[0].RealServers[0];
        Assert.That(((int)real.Port, (int)((TcpCheckConfiguration)real.Checks[0]).Connection.Port), Is.EqualTo((expected, check)));
    }

    [TestCase("10.0.0.2 80", "10.0.0.2 80", 1)]
    [TestCase("10.0.0.2 80", "10.0.0.2 81", 1, Description = "the same in the kernel: DR has the service's port")]
    [TestCase("10.0.0.2 80", "2001:db8::2 80", 1)]
    [TestCase("10.0.0.2 80", "10.0.0.3 80", 2)]
    public void RealServers_ThatCannotBeTogether_AreLeftOut(string first, string second, int expected)
    {
        var result = Load.Text(Service("10.0.0.1 80", $"lvs_method DR\nreal_server {first} {{\n}}\nreal_server {second} {{\n}}"));
        Assert.That(result.Configuration.VirtualServers[0].RealServers, Has.Count.EqualTo(expected));
        Assert.That(result.TestExitCode, Is.EqualTo(expected == 2 ? 0 : 5));
    }

    [Test]
    public void Keywords_AfterTheRealServers_CountForThem()
    {
        var result = Load.Text("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\nTCP_CHECK {\n}\n}\nprotocol SCTP\nlvs_sched rr\n"
            + "lvs_method DR\ndelay_loop 9\nweight 7\n}");
        var server = result.Configuration.VirtualServers.Single();
        Assert.That((server.RealServers[0].Forwarding, server.RealServers[0].Weight, server.Protocol),
            Is.EqualTo((IpvsForwarding.DirectRouting, 7, IpvsProtocol.Sctp)));
        Assert.That(((TcpCheckConfiguration)server.RealServers[0].Checks[0]).Timing.DelayLoop, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    [Test]
    public void Group_OfAServer_IsItsRecord()
    {
        var result = Load.Text(Service("group web", "lvs_method NAT\nreal_server 10.0.0.2 80 {\n}") + Service("group web", "real_server 10.0.0.3 80 {\n}")
            + "virtual_server_group web {\n10.0.1.1-3 80\n10.0.2.0/30 443\n10.0.1.9 80\n}");
        var servers = result.Configuration.VirtualServers;
        Assert.That(servers.Select(static server => server.GroupOrdinal), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(servers[0].Group, Is.EqualTo(new VirtualServerGroupConfiguration
        {
            Name = "web",
            Entries =
            [
                Range("10.0.1.1", "10.0.1.3", 80), Range("10.0.2.0", "10.0.2.3", 443), Range("10.0.1.9", "10.0.1.9", 80),
            ],
        }));
        Assert.That((servers[0].Family, servers[0].Protocol), Is.EqualTo((AddressFamily.InterNetwork, IpvsProtocol.Tcp)));

        static VirtualServerGroupEntry Range(string first, string last, ushort port) => new()
        {
            First = InetAddress.Parse(first),
            Last = InetAddress.Parse(last),
            Port = port,
            Family = AddressFamily.InterNetwork,
        };
    }

    [Test]
    public void Check_WhoseScriptCannotRun_IsLeftOut()
    {
        var server = Load.Text(Service("10.0.0.1 80",
            "real_server 10.0.0.2 80 {\nMISC_CHECK {\nmisc_path /bin/nothing\n}\nTCP_CHECK {\n}\n}")).Configuration.VirtualServers[0];
        Assert.That(server.RealServers[0].Checks.Single(), Is.TypeOf<TcpCheckConfiguration>());
    }

    [Test]
    public void Ssl_HidesItsPassword()
    {
        var ssl = Load.Text("SSL {\npassword hidden\nca /etc/ca.pem\ncertificate /etc/cert.pem\nkey /etc/key.pem\n}").Configuration.Ssl!;
        Assert.That((ssl.AuthoritiesFile, ssl.CertificateFile, ssl.KeyFile), Is.EqualTo(("/etc/ca.pem", "/etc/cert.pem", "/etc/key.pem")));
        Assert.That(ssl.ToString(), Does.Contain("***").And.Not.Contain("hidden"));
    }

    [TestCase("(", "", false)]
    [TestCase("a{2,1}", "", false)]
    [TestCase("[b-a]", "", false)]
    [TestCase("(?R)", "", false, Description = "PCRE2 alone has it")]
    [TestCase("a\\Kb", "", false, Description = "PCRE2 alone has it")]
    [TestCase("a", "firstline", false, Description = "PCRE2 alone has it")]
    [TestCase("a", "nonsense", true)]
    [TestCase("^HTTP/1.[01] 200", "multiline caseless", true)]
    public void Pattern_ThatCannotBeUsed_IsLeftOutWithAWarning(string pattern, string options, bool isUsed)
    {
        var result = Load.Text(Service("10.0.0.1 80", $"real_server 10.0.0.2 80 {{\nHTTP_GET {{\nurl {{\npath /\nregex \"{pattern}\"\nregex_options {options}\n}}\n}}\n}}"));
        var check = (HttpCheckConfiguration)result.Configuration.VirtualServers[0].RealServers[0].Checks[0];
        Assert.That(check.Urls[0].Regex is not null, Is.EqualTo(isUsed));
        Assert.That(result.Diagnostics.Any(static finding => finding.Message.Contains("the regex is left out")), Is.EqualTo(!isUsed), Load.Describe(result));
        Assert.That(result.TestExitCode, Is.Zero, "the original's test says nothing");
    }

    private static string Service(string head, string lines) =>
        $"virtual_server {head} {{\nlvs_sched rr\nprotocol TCP\n{(lines.Contains("lvs_method") ? "" : "lvs_method NAT\n")}{lines}\n}}\n";
}
