using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>One reload after the other, at ours and at the real one: after each step both have said the same and hold the same.</summary>
internal sealed class ReloadSequenceTests : ScenarioFixture
{
    private const string Other = "u0";
    private static readonly VrrpInstance Base = new() { Interval = 0.1, Priority = 150 };
    private static readonly string[] TrackOther = [$"track_interface {{\n {Other}\n}}"];

    // What to reload with, and how many lines that brings.
    private static readonly (string Name, VrrpInstance? Instance, int Lines)[] Steps =
    [
        ("another id", Base with { VirtualRouterId = 52 }, 3),
        ("another interface", Base with { VirtualRouterId = 52, Interface = Other, Addresses = ["10.93.0.100/24"] }, 3),
        ("back", Base with { VirtualRouterId = 52 }, 3),
        ("another priority", Base with { VirtualRouterId = 52, Priority = 90 }, 0),
        ("more addresses", Base with { VirtualRouterId = 52, Addresses = [Lan.Vip + "/24", "10.90.0.101/24"], Excluded = ["10.90.0.102/32"] }, 0),
        ("fewer, with another prefix", Base with { VirtualRouterId = 52, Addresses = [Lan.Vip + "/25"] }, 0),
        ("a tracked interface that is down", Base with { VirtualRouterId = 52, Lines = TrackOther }, 1),
        ("not tracked any more", Base with { VirtualRouterId = 52 }, 2),
        ("tracked with a weight", Base with { VirtualRouterId = 52, Lines = [$"track_interface {{\n {Other} weight 20\n}}"] }, 0),
        ("a virtual MAC", Base with { VirtualRouterId = 52, Lines = ["use_vmac"] }, 3),
        ("none", Base with { VirtualRouterId = 52 }, 3),
        ("no packets accepted", Base with { VirtualRouterId = 52, Lines = ["no_accept"] }, 0),
        ("the owner", Base with { VirtualRouterId = 52, Priority = 255 }, 0),
        ("not the owner", Base with { VirtualRouterId = 52, Lines = ["nopreempt"] }, 0),
        ("unicast", Base with { VirtualRouterId = 52, Peers = ["10.90.0.66"] }, 3),
        ("another name", Base with { VirtualRouterId = 52, Peers = ["10.90.0.66"], Name = "VI_9" }, 0),
        ("gone", null, 1),
        ("there again", Base, 2),
    ];

    [Test, Scenario("reload-sequence")]
    public void Reloads_OneAfterTheOther_TellAndLeaveWhatTheRealOneDoes()
    {
        var link = Link("a", "b");
        link.Partition(cut: true);
        var routers = new List<(Router Router, FifoReader Fifo)>();
        foreach (var station in (string[])["a", "b"])
        {
            link.Ip(station, $"link add {Other} type veth peer name u1", "link set u1 up", $"link set {Other} up", $"address add 10.93.0.9/24 dev {Other}");
            var fifo = new FifoReader(Path.Combine(link.Folder, station + ".fifo"), isOwn: true);
            var router = link.Start(station == "b" || Pairs.Oracle ? Build.Real : Build.Ours, station, Global(link, station), Base);
            routers.Add((router, fifo));
        }

        var lines = 2;
        Compare("the start");
        foreach (var (name, instance, more) in Steps)
        {
            // The tracked interface goes down before somebody tracks it, and comes back after that.
            if (instance?.Lines.SequenceEqual(TrackOther) == true)
                Set("down");
            foreach (var (router, _) in routers)
                router.Reload(Global(link, router.Station), (object?)instance ?? "");
            lines += more;
            Compare(name);
            if (name == "not tracked any more")
                Set("up");
        }

        Assert.That(routers.Select(static one => one.Router.Stop()), Is.All.Zero);
        lines++;
        Compare("the end");

        void Set(string state)
        {
            foreach (var (router, _) in routers)
                link.Ip(router.Station, $"link set {Other} {state}");
            Thread.Sleep(300);
        }

        void Compare(string step) => Expect.Within(
            TimeSpan.FromSeconds(15),
            () => routers[1].Fifo.Lines.Count == lines && routers[0].Fifo.Lines.SequenceEqual(routers[1].Fifo.Lines) && Held(link, "a") == Held(link, "b"),
            $"the same after {step}; ours:\n{string.Join('\n', routers[0].Fifo.Lines)}\n{Held(link, "a")}\n"
            + $"the real one's ({lines}):\n{string.Join('\n', routers[1].Fifo.Lines)}\n{Held(link, "b")}\n");
    }

    private static string Global(Lan link, string station) =>
        $"global_defs {{\n    vrrp_notify_fifo {Path.Combine(link.Folder, station + ".fifo")}\n}}";

    /// <summary>Which addresses are on which interface, but for the station's own.</summary>
    private static string Held(Lan link, string station) => string.Join('\n', Command.Run("ip", ["-n", link.Namespace(station), "-4", "-o", "address", "show"])
        .Split('\n').Where(line => line.Length > 0 && !line.Contains(Lan.Address(station) + "/", StringComparison.Ordinal))
        .Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..4])).Order(StringComparer.Ordinal));
}
