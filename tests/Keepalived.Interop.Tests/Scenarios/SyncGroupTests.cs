using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Firewalls: an instance on each of two links, in a sync group.</summary>
internal sealed class SyncGroupTests : ScenarioFixture
{
    private const string InsideInterface = "eth1";
    private const string InsideVip = "10.93.0.100";
    private static readonly VrrpInstance Outside = new();

    private static readonly VrrpInstance Inside = Outside with
    {
        Name = "VI_2",
        VirtualRouterId = 52,
        Interface = InsideInterface,
        Addresses = [InsideVip + "/24"],
    };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("sync-group")]
    public void OneLinkCut_BothInstancesMoveAndReturn(Build first, Build second)
    {
        var link = TwoLinks();
        var a = link.Start(first, "a", Outside with { Priority = 200 }, Inside with { Priority = 200 }, Group());
        var b = link.Start(second, "b", Outside, Inside, Group());
        ExpectBoth(link, "a");

        link.Ip(Lan.Stranger, "link set a1 down");
        ExpectBoth(link, "b");
        ExpectNeither(link, "a");
        a.ExpectLog("VRRP_Group(G) Syncing instances to FAULT state", 2);
        b.ExpectLog("VRRP_Group(G) Syncing instances to MASTER state", 2);

        link.Ip(Lan.Stranger, "link set a1 up");
        ExpectBoth(link, "a");
        ExpectNeither(link, "b");
        b.ExpectLog("VRRP_Group(G) Syncing instances to BACKUP state", 2);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("sync-group-track-file")]
    public void AFileOfTheGroup_LowersThePriorityOfAllMembers(Build first, Build second)
    {
        var link = TwoLinks();
        var path = Path.Combine(link.Folder, "load");
        File.WriteAllText(path, "0");
        var file = $"track_file load {{\n    file {path}\n    weight -1\n}}";
        var a = link.Start(
            first, "a", file, Outside with { Priority = 120 }, Inside with { Priority = 120 }, Group("track_file {\nload\n}"));
        link.Start(second, "b", Outside, Inside, Group());
        ExpectBoth(link, "a");

        File.WriteAllText(path, "40");
        ExpectBoth(link, "b");
        ExpectNeither(link, "a");

        File.Delete(path);
        ExpectBoth(link, "a");
        a.ExpectLog("Changing effective priority from 80 to 120", 1);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("sync-group-notify")]
    public void Scripts_OfTheGroup_GetTheRealArguments(Build build)
    {
        var link = TwoLinks();
        var told = Path.Combine(link.Folder, "told");
        var script = Path.Combine(link.Folder, "notify.sh");
        File.WriteAllText(script, $"#!/bin/sh\necho \"$*\" >> {told}\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        var a = link.Start(build, "a", Outside, Inside, Group(
            $"notify \"{script} any\"", $"notify_master \"{script} master\"", $"notify_fault \"{script} fault\"",
            $"notify_backup \"{script} backup\"", $"notify_stop \"{script} stop\""));
        Expect.Within(TimeSpan.FromSeconds(6), () => Told().Length >= 4, "the group was told that it is master");
        link.Ip(Lan.Stranger, "link set a1 down");
        Expect.Within(TimeSpan.FromSeconds(6), () => Told().Length >= 6, "the group was told of the fault");
        a.Stop();
        Expect.Within(TimeSpan.FromSeconds(6), () => Told().Length >= 8, "the group was told of the end");

        // A specific script and the general one start together, so that only the order of states is certain.
        string[][] states =
        [
            ["any GROUP G BACKUP 0", "backup"], ["any GROUP G MASTER 0", "master"], ["any GROUP G FAULT 0", "fault"],
            ["any GROUP G STOP 0", "stop"],
        ];
        Assert.That(Told().Chunk(2).Select(static pair => pair.Order(StringComparer.Ordinal).ToArray()), Is.EqualTo(states));

        string[] Told() => File.Exists(told) ? File.ReadAllLines(told) : [];
    }

    /// <summary>Two routers with a second link between them, over a bridge at the stranger's.</summary>
    private Lan TwoLinks()
    {
        var link = Link("a", "b");
        link.Ip(Lan.Stranger, "link add br1 type bridge mcast_snooping 0 stp_state 0", "link set br1 up");
        foreach (var (station, number) in ((string, int)[])[("a", 1), ("b", 2)])
        {
            var space = link.Namespace(station);
            link.Ip(Lan.Stranger, $"link add {station}1 type veth peer name {InsideInterface} netns {space}", $"link set {station}1 up master br1");
            link.Ip(station, $"link set {InsideInterface} up", $"address add 10.93.0.{number}/24 dev {InsideInterface}");
        }

        return link;
    }

    private static string Group(params string[] lines) =>
        $"vrrp_sync_group G {{\n    group {{\n        VI_1\n        VI_2\n    }}\n    {string.Join("\n    ", lines)}\n}}";

    private static void ExpectBoth(Lan link, string station) => Expect.Within(
        TimeSpan.FromSeconds(8), () => Holds(link, station) == (true, true), $"{station} holds both addresses");

    private static void ExpectNeither(Lan link, string station) => Expect.Within(
        TimeSpan.FromSeconds(2), () => Holds(link, station) == (false, false), $"{station} holds none of the addresses");

    private static (bool Outside, bool Inside) Holds(Lan link, string station) =>
        (link.Holds(station, Lan.Vip), link.Holds(station, InsideVip, InsideInterface));
}
