using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Files and BFD sessions that are tracked; interfaces are in <see cref="InterfaceTests"/>, scripts in <see cref="TrackScriptTests"/>.</summary>
internal sealed class TrackerTests : ScenarioFixture
{
    private static readonly VrrpInstance Instance = new();

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-file")]
    public void File_LowersThePriorityAndFaults(Build first, Build second)
    {
        var link = Link("a", "b");
        var path = Path.Combine(link.Folder, "load");
        File.WriteAllText(path, "0");
        var file = $"track_file load {{\n    file {path}\n    weight 2\n}}";
        var a = link.Start(first, "a", file, Instance with { Priority = 150, Lines = ["track_file {\n load weight 1\n}"] });
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 8);
        link.Wire.Advert("a", TimeSpan.FromSeconds(1), WallClock.Now, advert => advert.Priority == 150);

        // Longer than the file system's granularity of time would need, were it polled.
        File.WriteAllText(path, "-20 and more");
        link.Wire.Advert("a", TimeSpan.FromSeconds(3), match: advert => advert.Priority == 130);
        File.WriteAllText(path, "-60");
        b.ExpectHolding(Lan.Vip, 5);
        a.ExpectNotHolding(Lan.Vip, 3);

        File.WriteAllText(path, "10");
        link.Wire.Advert("a", TimeSpan.FromSeconds(6), match: advert => advert.Priority == 160);
        a.ExpectHolding(Lan.Vip, 3);

        // -254 and less is a fault, whatever the weight makes of the priority.
        File.WriteAllText(path, "-254");
        a.ExpectLog("Entering FAULT STATE", 5);
        b.ExpectHolding(Lan.Vip, 3);
        File.Delete(path);
        a.ExpectHolding(Lan.Vip, 6);
        link.Wire.Advert("a", TimeSpan.FromSeconds(3), WallClock.Now, advert => advert.Priority == 150);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-file-unweighted")]
    public void File_WithoutWeight_IsAFaultWhileItIsNotZero(Build first, Build second)
    {
        var link = Link("a", "b");
        var path = Path.Combine(link.Folder, "broken");
        File.WriteAllText(path, "0");
        var file = $"track_file broken {{\n    file {path}\n    weight 0\n}}";
        var a = link.Start(first, "a", file, Instance with { Priority = 150, Lines = ["track_file {\n broken\n}"] });
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 8);

        File.WriteAllText(path, "1");
        b.ExpectHolding(Lan.Vip, 5);
        a.ExpectNotHolding(Lan.Vip, 3);

        File.WriteAllText(path, "0");
        a.ExpectHolding(Lan.Vip, 6);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-bfd")]
    public void BfdSession_GoesDownAndUp_FaultTakeoverAndReturn(Build first, Build second) => Track(
        first, second, "", (a, b) =>
        {
            a.ExpectLog("Entering FAULT STATE", 5);
            b.ExpectHolding(Lan.Vip, 3);
        });

    [TestCaseSource(typeof(Pairs), nameof(Pairs.All)), Scenario("track-bfd-weight")]
    public void BfdSession_WithWeight_LowersThePriority(Build first, Build second) => Track(
        first, second, " weight -80", (a, b) =>
        {
            b.ExpectHolding(Lan.Vip, 5);
            a.ExpectLog("Changing effective priority from 150 to 70", 1);
        });

    /// <summary>The neighbour of the session is a third station, which dies and comes back.</summary>
    private void Track(Build first, Build second, string weight, Action<Router, Router> whenDown)
    {
        var link = Link("a", "b", "c");
        var neighbour = Run(link, Build.Real, "c", Session("a"));
        var a = Run(link, first, "a", Session("c"), Instance with { Priority = 150, Lines = [$"track_bfd {{\n c{weight}\n}}"] });
        var b = link.Start(second, "b", Instance);
        a.ExpectHolding(Lan.Vip, 15);

        neighbour.Crash();
        whenDown(a, b);
        a.ExpectNotHolding(Lan.Vip, 3);

        neighbour.Start();
        a.ExpectHolding(Lan.Vip, 15);
        b.ExpectNotHolding(Lan.Vip, 3);
    }

    private static Router Run(Lan link, Build build, string station, params object[] blocks)
    {
        var router = new Router(link, build, station, string.Join('\n', blocks)) { RunsBfd = true };
        link.Adopt(router);
        router.Start();
        return router;
    }

    private static string Session(string with) =>
        $"bfd_instance {with} {{\n    neighbor_ip {Lan.Address(with)}\n    min_rx 100\n    min_tx 100\n    multiplier 5\n}}";
}
