using System.Net;
using System.Net.Sockets;
using System.Text;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Who is told of what, as far as it may be chosen.</summary>
internal sealed class NotifyOptionTests : ScenarioFixture
{
    private const string Track = "track_file {\n load\n}";

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-priority-changes")]
    public void PriorityChanges_AreToldOfThoseWhoAskForIt(Build build)
    {
        var expected = Live(Build.Real);
        Assert.That(build == Build.Real ? expected : Live(build), Is.EqualTo(expected));
        Assert.That(expected, Does.Contain("INSTANCE \"VI_1\" MASTER_PRIORITY 120").And.Contain("INSTANCE \"VI_3\" MASTER_PRIORITY 120"));
        Assert.That(expected, Has.None.Contains("\"VI_2\" MASTER_PRIORITY"));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("log-unknown-vrids")]
    public void UnknownVirtualRouter_IsLoggedIfAskedFor(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", "global_defs {\n    log_unknown_vrids\n}", new VrrpInstance());
        a.ExpectHolding(Lan.Vip, 8);
        using var stranger = new Injector(link);
        stranger.Send(AdvertBuilder.Version3(priority: 50, centiseconds: 20, addresses: [Lan.Vip], vrid: 77));
        a.ExpectLog("77", 3);
        Assert.That(a.Log.Any(static line => line.Contains("unknown", StringComparison.OrdinalIgnoreCase) && line.Contains("77", StringComparison.Ordinal)));
    }

    [TestCase("", "smtp_alert"), TestCase("smtp_alert_vrrp", ""), TestCase("smtp_alert", ""), Scenario("smtp-alert")]
    public void Mails_GoOutForThoseWhoAskForThem_WithTheRealSubjects(string global, string line)
    {
        var expected = Mails(Build.Real, global, line);
        Assert.That(Pairs.Oracle ? expected : Mails(Build.Ours, global, line), Is.EqualTo(expected));
        Assert.That(expected, Has.Some.Contains("VI_1 - Entering MASTER state").And.None.Contains("VI_2"));
        Assert.That(expected, Has.None.Contains("FAULT"), "no_email_faults");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("script-user"), Scenario("script-security")]
    public void Scripts_RunAsTheUserOfAll_UnlessOthersMayWriteThem(Build build)
    {
        var link = Link("a");
        File.SetUnixFileMode(link.Folder, (UnixFileMode)0b111_101_101);
        var told = Path.Combine(link.Folder, "told");
        Directory.CreateDirectory(told);
        File.SetUnixFileMode(told, (UnixFileMode)0b111_111_111);
        string Script(string name, int mode)
        {
            var path = Path.Combine(link.Folder, name + ".sh");
            File.WriteAllText(path, $"#!/bin/sh\nid -un > {told}/{name}\n");
            File.SetUnixFileMode(path, (UnixFileMode)mode);
            return path;
        }

        var (safe, unsafePath) = (Script("safe", 0b111_101_101), Script("unsafe", 0b111_111_111));
        var a = link.Start(
            build, "a", "global_defs {\n script_user nobody\n}",
            new VrrpInstance { Lines = [$"notify_master \"{safe}\"", $"notify_backup \"{unsafePath}\" root"] });
        a.ExpectHolding(Lan.Vip, 8);
        Expect.Within(TimeSpan.FromSeconds(5), () => Told("safe") == "nobody", "run as the user of all scripts");
        Assert.That(File.Exists(Path.Combine(told, "unsafe")), Is.False, "anybody could have written it");
        a.ExpectLog(unsafePath, 1);

        string Told(string name) => File.Exists(Path.Combine(told, name)) ? File.ReadAllText(Path.Combine(told, name)).Trim() : "";
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-script-user")]
    public void Script_RunsAsItsUser_AndCountsAsTheRealOneCounts(Build first, Build second)
    {
        var link = Link("a", "b");
        Directory.CreateDirectory(Path.Combine(link.Folder, "told"));
        File.SetUnixFileMode(Path.Combine(link.Folder, "told"), (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(link.Folder, (UnixFileMode)0b111_101_101);
        var script = Path.Combine(link.Folder, "check.sh");
        File.WriteAllText(script, $"#!/bin/sh\nid -un > {link.Folder}/told/$$\ntest ! -e {link.Folder}/alarm\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        var block = $"vrrp_script check {{\n    script \"{script}\"\n    interval 1\n    fall 2\n    rise 2\n    user nobody\n}}";
        var a = link.Start(first, "a", block, new VrrpInstance { Priority = 150, Lines = ["track_script {\n check\n}"] });
        var b = link.Start(second, "b", new VrrpInstance());
        a.ExpectHolding(Lan.Vip, 10);
        var users = Directory.GetFiles(Path.Combine(link.Folder, "told")).Select(static path => File.ReadAllText(path).Trim());
        Assert.That(users, Has.Some.EqualTo("nobody").And.None.EqualTo("root"));

        File.WriteAllText(Path.Combine(link.Folder, "alarm"), "");
        var alarmed = WallClock.Now;
        a.ExpectLog("Entering FAULT STATE", 8);
        Assert.That(WallClock.Between(alarmed, WallClock.Now).TotalSeconds, Is.GreaterThan(0.4), "two failures, a second apart, if the machine is not late");
        a.ExpectLog("VRRP_Script(check) failed", 1);
        b.ExpectHolding(Lan.Vip, 3);
        File.Delete(Path.Combine(link.Folder, "alarm"));
        a.ExpectHolding(Lan.Vip, 10);
        Assert.That(a.Log.Count(static line => line.Contains("VRRP_Script(check) succeeded", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(2));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("track-script-timeout")]
    public void Script_ThatHangs_IsEndedAndAFailure(Build build)
    {
        var link = Link("a");
        var script = Path.Combine(link.Folder, "hang.sh");
        File.WriteAllText(script, $"#!/bin/sh\ntest ! -e {link.Folder}/alarm || exec sleep 60\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        var block = $"vrrp_script check {{\n    script \"{script}\"\n    interval 1\n    timeout 1\n}}";
        var a = link.Start(build, "a", block, new VrrpInstance { Lines = ["track_script {\n check\n}"] });
        a.ExpectHolding(Lan.Vip, 10);
        File.WriteAllText(Path.Combine(link.Folder, "alarm"), "");
        a.ExpectLog("VRRP_Script(check) timed_out", 10);
        a.ExpectNotHolding(Lan.Vip, 2);
        File.Delete(Path.Combine(link.Folder, "alarm"));
        a.ExpectHolding(Lan.Vip, 10);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("track-script-init-fail")]
    public void Script_InitFail_IsFailedUntilItSucceeds(Build build, Build other)
    {
        var link = Link("a");
        var script = Path.Combine(link.Folder, "slow.sh");
        File.WriteAllText(script, $"#!/bin/sh\ntest -e {link.Folder}/ready\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        var block = $"vrrp_script check {{\n    script \"{script}\"\n    interval 1\n    weight 20\n    rise 2\n    init_fail\n}}";
        var a = link.Start(build, "a", block, new VrrpInstance { Lines = ["track_script {\n check\n}"] });
        a.ExpectHolding(Lan.Vip, 10);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert.Priority == 100);
        File.WriteAllText(Path.Combine(link.Folder, "ready"), "");
        link.Wire.Advert("a", TimeSpan.FromSeconds(8), match: advert => advert.Priority == 120);
    }

    /// <summary>One instance asks, one does not, one has it from its group.</summary>
    private string[] Live(Build build)
    {
        var link = Link("a");
        var (path, load) = (Path.Combine(link.Folder, "fifo"), Path.Combine(link.Folder, "load"));
        File.WriteAllText(load, "0");
        VrrpInstance Instance(int number, params string[] lines) => new()
        {
            Name = $"VI_{number}",
            VirtualRouterId = 50 + number,
            Addresses = [$"10.90.0.{100 + number}/24"],
            Lines = [Track, .. lines],
        };
        var a = link.Start(build, "a", $"global_defs {{\n    notify_fifo {path}\n}}", $"track_file load {{\n    file {load}\n    weight 1\n}}",
            Instance(1, "notify_priority_changes"), Instance(2, "notify_priority_changes off"), Instance(3),
            "vrrp_sync_group G {\n group {\n VI_3\n VI_2\n }\n notify_priority_changes\n sync_group_tracking_weight\n}");
        var fifo = new FifoReader(path);
        fifo.Expect("INSTANCE \"VI_1\" MASTER 100", "GROUP \"G\" MASTER 0");
        File.WriteAllText(load, "20");
        fifo.Expect("INSTANCE \"VI_1\" MASTER_PRIORITY 120", "INSTANCE \"VI_3\" MASTER_PRIORITY 120");
        a.Stop();
        // Routers are independent of each other: each one's lines have an order.
        return [.. fifo.ReadToEnd().OrderBy(static line => line.Split(' ')[1], StringComparer.Ordinal)];
    }

    /// <summary>The subjects that a mail server at the station is sent: of a start, a cut cable, and a recovery.</summary>
    private string[] Mails(Build build, string global, string line)
    {
        var link = Link("a");
        using var server = MailServer.Start(link);
        var a = link.Start(build, "a",
            "global_defs {\n    router_id lb1\n    notification_email {\n        ops@example.org\n    }\n    notification_email_from lb@example.org\n"
            + $"    smtp_server 127.0.0.1 {server.Port}\n    no_email_faults\n    {global}\n}}",
            new VrrpInstance { Lines = [line] },
            new VrrpInstance { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.102/24"], Lines = ["smtp_alert off"] });
        Expect.Within(TimeSpan.FromSeconds(10), () => server.Subjects.Length == 2, $"mails of backup and master, not {server.Subjects.Length}");
        link.Cable("a", plugged: false);
        a.ExpectLog("Entering FAULT STATE", 5);
        link.Cable("a", plugged: true);
        a.ExpectHolding(Lan.Vip, 8);
        Expect.Within(TimeSpan.FromSeconds(10), () => server.Subjects.Length == 4, $"mails of the recovery, not {server.Subjects.Length}");
        return server.Subjects;
    }

    /// <summary>As much of a mail server as takes mails, one connection after the other.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TcpListener _listener;
        private readonly List<string> _subjects = [];

        private MailServer(Lan link)
        {
            _listener = Namespaces.Run(link.Namespace("a"), static () =>
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                return listener;
            });
            new Thread(Serve) { IsBackground = true, Name = "mail" }.Start();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string[] Subjects
        {
            get
            {
                lock (_subjects)
                    return [.. _subjects];
            }
        }

        public static MailServer Start(Lan link) => new(link);

        public void Dispose() => _listener.Dispose();

        private void Serve()
        {
            try
            {
                while (true)
                    Converse(_listener.AcceptTcpClient());
            }
            catch (Exception problem) when (problem is SocketException or InvalidOperationException or IOException)
            {
                // The end: of the scenario, or of a router in the middle of a mail.
            }
        }

        private void Converse(TcpClient client)
        {
            using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            writer.WriteLine("220 mail");
            for (var isBody = false; reader.ReadLine() is { } line;)
            {
                if (isBody && line.StartsWith("Subject:", StringComparison.Ordinal))
                {
                    lock (_subjects)
                        _subjects.Add(line);
                }

                if (isBody && line != ".")
                    continue;
                isBody = line == "DATA";
                writer.WriteLine(isBody ? "354 go on" : line == "QUIT" ? "221 bye" : "250 ok");
            }

            client.Dispose();
        }
    }
}
