using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Notify scripts: which, when, and with which arguments.</summary>
internal sealed class NotifyTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-scripts")]
    public void Scripts_ThroughALife_GetTheRealArgumentsInOrder(Build build)
    {
        var link = Link("a");
        var script = Script(link);
        var a = link.Start(build, "a", new VrrpInstance
        {
            Interval = 0.3,
            Priority = 150,
            Lines =
            [
                $"notify_backup \"{script} backup\"", $"notify_master \"{script} master 'two words'\"", $"notify_fault \"{script} fault\"",
                $"notify_stop \"{script} stop\"", $"notify \"{script} any\"",
            ],
        });
        a.ExpectHolding(Lan.Vip, 5);
        Told(link, 4);
        link.Cable("a", plugged: false);
        Told(link, 6);
        link.Cable("a", plugged: true);
        Told(link, 10);
        a.Stop();

        var told = Told(link, 12);
        // A specific script and the general one start together, so that only the order of states is certain.
        string[][] states =
        [
            ["any INSTANCE VI_1 BACKUP 150", "backup"], ["any INSTANCE VI_1 MASTER 150", "master two words"],
            ["any INSTANCE VI_1 FAULT 150", "fault"],
            ["any INSTANCE VI_1 BACKUP 150", "backup"], ["any INSTANCE VI_1 MASTER 150", "master two words"],
            ["any INSTANCE VI_1 STOP 150", "stop"],
        ];
        Assert.That(told.Chunk(2).Select(pair => pair.Order(StringComparer.Ordinal).ToArray()), Is.EqualTo(states));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("notify-master-rx-lower-pri")]
    public void Script_MasterHearsALowerPriority_IsRun(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", new VrrpInstance
        {
            Priority = 150,
            Lines = [$"notify_master_rx_lower_pri \"{Script(link)} lower\""],
        });
        a.ExpectHolding(Lan.Vip, 5);

        using var stranger = new Injector(link);
        stranger.Send(Wire.AdvertBuilder.Version3(priority: 50, centiseconds: 20, addresses: [Lan.Vip]));

        Assert.That(Told(link, 1), Is.EqualTo(new[] { "lower" }));
    }

    /// <summary>Appends its arguments as one line; atomic, because appends of one small write are.</summary>
    private static string Script(Lan link)
    {
        var path = Path.Combine(link.Folder, "notify.sh");
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >> {Record(link)}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        return path;
    }

    private static string Record(Lan link) => Path.Combine(link.Folder, "told");

    private static string[] Told(Lan link, int count)
    {
        string[] Lines() => File.Exists(Record(link)) ? File.ReadAllLines(Record(link)) : [];
        Expect.Within(TimeSpan.FromSeconds(6), () => Lines().Length >= count, $"{count} scripts ran");
        return Lines();
    }
}
