using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Weights that count the other way round, what a tracked file holds at the start, and the weights of a group.</summary>
internal sealed class TrackOptionTests : ScenarioFixture
{
    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("track-reverse")]
    public void Reverse_OfEachTracker_CountsTheOtherWayRound(Build build)
    {
        var link = Link("a");
        link.Ip("a", "link add u0 type veth peer name u1", "link set u1 up", "link set u0 up");
        var (load, script, alarm) = (Path.Combine(link.Folder, "load"), Path.Combine(link.Folder, "check.sh"), Path.Combine(link.Folder, "alarm"));
        File.WriteAllText(load, "10");
        File.WriteAllText(script, $"#!/bin/sh\ntest ! -e {alarm}\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        link.Start(
            build, "a",
            $"vrrp_script check {{\n script \"{script}\"\n interval 1\n weight 7 reverse\n}}",
            $"vrrp_track_file load {{\n file {load}\n weight 2 reverse\n}}",
            new VrrpInstance
            {
                // 5 for the interface that is up, 7 for the script that succeeds, 2 * 10 for the file.
                Lines = ["track_interface {\n u0 weight 5 reverse\n}", "track_script {\n check\n}", "track_file {\n load\n}"],
            },
            new VrrpInstance
            {
                Name = "VI_2",
                VirtualRouterId = 52,
                Addresses = ["10.90.0.102/24"],
                Lines = ["track_script {\n check weight 7 noreverse\n}", "track_file {\n load weight 2 noreverse\n}"],
            });
        Expect(100 - 5 - 7 - 20, 100 + 7 + 20);
        link.Ip("a", "link set u1 down");
        Expect(100 - 7 - 20, 100 + 7 + 20);
        File.WriteAllText(alarm, "");
        Expect(100 - 20, 100 + 20);
        File.WriteAllText(load, "-3");
        Expect(100 + 6, 100 - 6);

        void Expect(int first, int second)
        {
            var since = WallClock.Now;
            link.Wire.Advert("a", TimeSpan.FromSeconds(8), since, advert => advert.VirtualRouterId == 51 && advert.Priority == first);
            link.Wire.Advert("a", TimeSpan.FromSeconds(8), since, advert => advert.VirtualRouterId == 52 && advert.Priority == second);
        }
    }

    [TestCase("init_file 5", null, "5"), Scenario("init-file")]
    [TestCase("init_file", null, "0")]
    [TestCase("init_file 5", "9", "9")]
    [TestCase("init_file 5 overwrite", "9", "5")]
    [TestCase("", null, null)]
    public void InitFile_MakesTheFile_OrWritesItAnew(string line, string? before, string? after)
    {
        var link = Link("a");
        var path = Path.Combine(link.Folder, "load");
        if (before is not null)
            File.WriteAllText(path, before);
        link.Start(
            Pairs.Oracle ? Build.Real : Build.Ours, "a", $"track_file load {{\n file {path}\n weight 3\n {line}\n}}",
            new VrrpInstance { Lines = ["track_file {\n load\n}"] });
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!;
        Assert.That(File.Exists(path) ? File.ReadAllText(path).Trim() : null, Is.EqualTo(after));
        Assert.That(advert.Priority, Is.EqualTo(100 + (3 * int.Parse(after ?? "0", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("sync-group-trackers")]
    public void Trackers_OfAGroup_CountForEachMember(Build build)
    {
        var link = Link("a");
        link.Ip("a", "link add u0 type veth peer name u1", "link set u1 up", "link set u0 up");
        var (script, alarm) = (Path.Combine(link.Folder, "check.sh"), Path.Combine(link.Folder, "alarm"));
        File.WriteAllText(script, $"#!/bin/sh\ntest ! -e {alarm}\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        var instance = new VrrpInstance();
        var a = link.Start(
            build, "a", $"vrrp_script check {{\n script \"{script}\"\n interval 1\n}}", instance,
            instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.102/24"] },
            "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n sync_group_tracking_weight\n"
            + " track_interface {\n u0 weight -5\n }\n track_script {\n check weight 7\n }\n}");
        Expect(107);
        link.Ip("a", "link set u1 down");
        Expect(102);
        File.WriteAllText(alarm, "");
        Expect(95);
        Assert.That(a.Log, Has.None.Contains("Entering FAULT STATE"));

        void Expect(int priority)
        {
            foreach (var router in (int[])[51, 52])
                link.Wire.Advert("a", TimeSpan.FromSeconds(8), match: advert => advert.VirtualRouterId == router && advert.Priority == priority);
        }
    }

    [TestCase("", 100), TestCase("sync_group_tracking_weight", 130), TestCase("global_tracking", 130), Scenario("sync-group-weight")]
    public void Weight_OfAMember_CountsIfTheGroupSaysSo(string line, int priority)
    {
        var link = Link("a");
        var path = Path.Combine(link.Folder, "load");
        File.WriteAllText(path, "10");
        var instance = new VrrpInstance { Lines = ["track_file {\n load\n}"] };
        link.Start(
            Pairs.Oracle ? Build.Real : Build.Ours, "a", $"track_file load {{\n file {path}\n weight 3\n}}", instance,
            instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.102/24"] },
            $"vrrp_sync_group G {{\n group {{\n VI_1\n VI_2\n }}\n {line}\n}}");
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(8)).Advert!.Priority, Is.EqualTo(priority));
    }
}
