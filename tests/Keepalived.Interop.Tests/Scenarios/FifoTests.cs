using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Notify FIFOs: the same events make the same lines as the real one's.</summary>
internal sealed class FifoTests : ScenarioFixture
{
    private static readonly VrrpInstance Instance = new() { Priority = 150, Lines = ["track_file {\n load\n}"] };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-fifo")]
    public void Lines_ThroughALife_AreTheRealOnes(Build build)
    {
        var expected = Live(Build.Real);
        var lines = build == Build.Real ? expected : Live(build);

        Assert.That(lines, Is.EqualTo(expected), string.Join('\n', lines));
        Assert.That(expected, Does.Contain("INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 170").And.Contain("INSTANCE \"VI_1\" MASTER_PRIORITY 170")
            .And.Contain("INSTANCE \"VI_1\" FAULT 170").And.Contain("INSTANCE \"VI_1\" STOP 170"), "all that was to be compared");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-fifo-group")]
    public void Lines_OfAGroup_AreTheRealOnes(Build build)
    {
        var expected = LiveAsGroup(Build.Real);
        var lines = build == Build.Real ? expected : LiveAsGroup(build);

        Assert.That(lines, Is.EqualTo(expected), string.Join('\n', lines));
        Assert.That(expected, Does.Contain("GROUP \"G\" MASTER 0").And.Contain("GROUP \"G\" FAULT 0").And.Contain("GROUP \"G\" STOP 0"));
    }

    /// <summary>The real one first tells of BACKUP, unless each says <c>state MASTER</c>, and then never tells of the group.</summary>
    [TestCase("MASTER"), TestCase(""), Scenario("notify-fifo-owners")]
    public void Lines_OfAGroupOfOwners_AreOfMasterAtOnceAndOfTheGroup(string state)
    {
        if (Pairs.Oracle)
            Assert.Ignore("that of ours only");
        var link = Link("a");
        var path = Path.Combine(link.Folder, "fifo");
        var first = Instance with { State = state, Priority = 255, Lines = [] };
        var a = link.Start(
            Build.Ours, "a", Global($"notify_fifo {path}"), first, first with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.101/24"] },
            "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n}");
        var fifo = new FifoReader(path);
        fifo.Expect("GROUP \"G\" MASTER 0");
        a.Stop();
        Assert.That(fifo.ReadToEnd(), Is.EqualTo(new[]
        {
            "INSTANCE \"VI_1\" MASTER 255", "INSTANCE \"VI_2\" MASTER 255", "GROUP \"G\" MASTER 0",
            "INSTANCE \"VI_1\" STOP 255", "INSTANCE \"VI_2\" STOP 255", "GROUP \"G\" STOP 0",
        }));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-fifo-reload")]
    public void Reload_InstanceRemoved_IsReportedAsConfigured(Build build)
    {
        var link = Link("a");
        var path = Path.Combine(link.Folder, "fifo");
        var other = Instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.101/24"], Lines = ["notify_deleted"] };
        var third = other with { Name = "VI_3", VirtualRouterId = 53, Addresses = ["10.90.0.102/24"], Lines = [] };
        var stays = Instance with { Lines = [] };
        var global = Global($"vrrp_notify_fifo {path}", "fifo_write_vrrp_states_on_reload");
        var a = link.Start(build, "a", global, stays, other, third);
        var fifo = new FifoReader(path);
        fifo.Expect("INSTANCE \"VI_1\" MASTER 150", "INSTANCE \"VI_2\" MASTER 150", "INSTANCE \"VI_3\" MASTER 150");

        a.Reload(global, stays);

        fifo.Expect("INSTANCE \"VI_2\" DELETED 150", "INSTANCE \"VI_3\" FAULT 150");
        if (build == Build.Ours)
            Expect.Within(TimeSpan.FromSeconds(10), () => fifo.Lines.Count(line => line == "INSTANCE \"VI_1\" MASTER 150") == 2, "states again");
        a.Stop();
        fifo.Expect("INSTANCE \"VI_1\" STOP 150");
        Assert.That(File.Exists(path), Is.False, "the FIFO is gone with the daemon");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-fifo-script")]
    public void Script_OfBothFifos_IsRunWithThePathAndFed(Build build)
    {
        var link = Link("a");
        var reader = Path.Combine(link.Folder, "reader.sh");
        File.WriteAllText(reader, "#!/bin/sh\numask 022\nwhile read -r line; do echo \"$1 $line\" >> \"$2.told\"; done < \"$2\"\n");
        File.SetUnixFileMode(reader, (UnixFileMode)0b111_101_101);
        var (all, vrrp) = (Path.Combine(link.Folder, "all"), Path.Combine(link.Folder, "vrrp"));
        var a = link.Start(build, "a", Global(
            $"notify_fifo {all} root", $"notify_fifo_script \"{reader} one\"", $"vrrp_notify_fifo {vrrp} root",
            $"vrrp_notify_fifo_script \"{reader} two\""), Instance with { Lines = [] });
        a.ExpectHolding(Lan.Vip, 10);

        Told(all, "one INSTANCE \"VI_1\" BACKUP 150", "one INSTANCE \"VI_1\" MASTER 150");
        Told(vrrp, "two INSTANCE \"VI_1\" BACKUP 150", "two INSTANCE \"VI_1\" MASTER 150");
        a.Stop();

        // The real one ends its scripts before it writes the last lines.
        if (build == Build.Ours)
            Told(all, "one INSTANCE \"VI_1\" BACKUP 150", "one INSTANCE \"VI_1\" MASTER 150", "one INSTANCE \"VI_1\" STOP 150");

        static void Told(string fifo, params string[] lines) => Expect.Within(TimeSpan.FromSeconds(10),
            () => File.Exists(fifo + ".told") && File.ReadAllLines(fifo + ".told").SequenceEqual(lines), $"{fifo} told {lines.Length} lines");
    }

    /// <summary>Start, master, priorities, an advert of lower priority, a fault, recovery, the end.</summary>
    private string[] Live(Build build)
    {
        var link = Link("a");
        var path = Path.Combine(link.Folder, "fifo");
        var load = Path.Combine(link.Folder, "load");
        File.WriteAllText(load, "5");
        var a = link.Start(build, "a", Global($"notify_fifo {path}", "vrrp_notify_priority_changes on"),
            $"track_file load {{\n    file {load}\n    weight 1\n}}", Instance);
        var fifo = new FifoReader(path);
        fifo.Expect("INSTANCE \"VI_1\" MASTER 155");
        File.WriteAllText(load, "20");
        fifo.Expect("INSTANCE \"VI_1\" MASTER_PRIORITY 170");
        using (var stranger = new Injector(link))
            stranger.Send(AdvertBuilder.Version3(priority: 50, centiseconds: 20, addresses: [Lan.Vip]));
        fifo.Expect("INSTANCE \"VI_1\" MASTER_RX_LOWER_PRI 170");
        link.Cable("a", plugged: false);
        fifo.Expect("INSTANCE \"VI_1\" FAULT 170");
        link.Cable("a", plugged: true);
        Expect.Within(TimeSpan.FromSeconds(10), () => fifo.Lines.Count(line => line == "INSTANCE \"VI_1\" MASTER 170") == 1, "master again");
        a.Stop();
        return fifo.ReadToEnd();
    }

    private string[] LiveAsGroup(Build build)
    {
        var link = Link("a");
        var path = Path.Combine(link.Folder, "fifo");
        var other = Instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.101/24"], Lines = [] };
        var a = link.Start(build, "a", Global($"notify_fifo {path}"), Instance with { Lines = [] }, other,
            "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n}");
        var fifo = new FifoReader(path);
        fifo.Expect("GROUP \"G\" MASTER 0");
        link.Cable("a", plugged: false);
        fifo.Expect("GROUP \"G\" FAULT 0");
        link.Cable("a", plugged: true);
        Expect.Within(TimeSpan.FromSeconds(10), () => fifo.Lines.Count(line => line == "GROUP \"G\" MASTER 0") == 2, "master again");
        a.Stop();
        return fifo.ReadToEnd();
    }

    private static string Global(params string[] lines) => $"global_defs {{\n    {string.Join("\n    ", lines)}\n}}";
}
