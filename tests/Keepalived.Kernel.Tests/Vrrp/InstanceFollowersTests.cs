using Keepalived.Kernel.Tests.Lab;

namespace Keepalived.Kernel.Tests.Vrrp;

/// <summary>What IPVS does with the state of a VRRP instance: <c>lvs_sync_daemon ... inst</c> and <c>while_master</c>; and <c>lvs_timeouts</c>.</summary>
public sealed class InstanceFollowersTests : RouterFixture
{
    private const int Patience = 40_000;
    private const string Service = "-A -t 10.1.0.100:80 -s rr";

    [Test]
    public void SyncDaemonAndService_FollowTheInstance()
    {
        Assume.That(File.Exists(RunningKeepalived.Program), "needs keepalived");
        Prepare();
        using var ours = RunningKeepalived.Start(A, OurDaemon.Path!, Configuration(100, Globals, "while_master R"));
        Expect("backup", false, "it begins as backup");
        Expect("master", true, "it becomes master");
        ours.KillChild("checkers");
        Expect("master", true, "the kernel goes on");

        using var real = RunningKeepalived.Start(B, Configuration(200, "", null));
        Expect("backup", false, "another is better");
        ours.KillChild("checkers");
        Expect("backup", false, "the next checkers hear of it");
        real.Stop();
        Expect("master", true, "the other is gone");

        ours.Reload(Configuration(100, Globals.Replace("id 9", "id 10", StringComparison.Ordinal), "while_master R"));
        Assert.That(Daemons, Does.Contain("syncid=10").After(Patience, 250), "another id");
        Expect("master", true, "the same state");
        ours.Reload(Configuration(100, "", ""));
        Expect(null, true, "no daemon, and a service that is always there");
        ours.Reload(Configuration(100, Globals, "while_master R"));
        Expect("master", true, "as before");
        Assert.That(ours.Stop(), Is.Zero);
        Expect(null, false, "after the end");
    }

    [Test]
    public void SyncDaemon_SaidByTheInstanceInTheOldWay_FollowsIt()
    {
        Prepare();
        using var ours = RunningKeepalived.Start(
            A, OurDaemon.Path!, Configuration(100, "", "").Replace("state BACKUP", "state BACKUP\n    lvs_sync_daemon_interface eth0", StringComparison.Ordinal));
        Expect("master", true, "as its instance");
        Assert.That(ours.Stop(), Is.Zero);
        Expect(null, false, "after the end");
    }

    [Test]
    public void Timeouts_AreThoseOfBeforeAfterTheEnd_WhateverDied()
    {
        Prepare();
        var before = Timeouts();
        using var ours = RunningKeepalived.Start(A, OurDaemon.Path!, Configuration(100, "lvs_timeouts tcp 111 udp 222", ""));
        Assert.That(Timeouts, Does.Contain("111 120 222").After(Patience, 250));
        ours.KillChild("checkers");
        Assert.That(Table, Does.Contain(Service).After(Patience, 250));
        Assert.That(Timeouts(), Does.Contain("111 120 222"));
        ours.Reload(Configuration(100, "lvs_timeouts tcp 112", ""));
        Assert.That(Timeouts, Does.Contain("112 120 300").After(Patience, 250), "what is not said any more is as before");
        Assert.That(ours.Stop(), Is.Zero);
        Assert.That(Timeouts(), Is.EqualTo(before));
    }

    private const string Globals = "lvs_sync_daemon eth0 inst R id 9";

    private static string Configuration(int priority, string globals, string? service) => $$"""
        global_defs {
            {{globals}}
        }

        """ + Instance(priority, "") + (service is null ? "" : $$"""
        virtual_server 10.1.0.100 80 {
            lvs_sched rr
            lvs_method NAT
            protocol TCP
            {{service}}
            real_server 10.1.0.3 80 {
            }
        }
        """);

    private void Prepare()
    {
        Assume.That(OurDaemon.Path, Is.Not.Null, "needs our daemon");
        foreach (var (node, number) in new[] { (A, 1), (B, 2) })
            node.Ip($"address add 10.1.0.{number}/24 dev eth0");
        if (Shell.Try(null, "ip", "netns", "exec", A.Name, "ipvsadm", "-S", "-n").Status != 0)
            Assert.Inconclusive("needs ipvsadm and a kernel with IPVS");
    }

    private string Table() => A.Run("ipvsadm", "-S", "-n");

    private string Daemons() => A.Run("ipvsadm", "-L", "--daemon");

    private string Timeouts() => A.Run("ipvsadm", "-L", "--timeout");

    /// <summary>The sync daemon in this state, or none; the service there, or not.</summary>
    private void Expect(string? state, bool hasService, string why)
    {
        var seen = ("", "");
        Assert.That(
            () =>
            {
                seen = (Daemons(), Table());
                return (state is null ? seen.Item1.Trim().Length == 0 : seen.Item1.Trim().StartsWith($"{state} sync daemon", StringComparison.Ordinal))
                    && seen.Item2.Contains(Service, StringComparison.Ordinal) == hasService;
            },
            Is.True.After(Patience, 250),
            () => $"{why}: have {seen}");
    }
}
