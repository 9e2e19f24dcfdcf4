using System.Diagnostics;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Keywords that say how the state of interfaces and addresses is noticed, and whom it concerns.</summary>
internal sealed class LinkOptionTests : ScenarioFixture
{
    private const int Pulls = 5;
    private static readonly VrrpInstance Instance = new() { Interval = 0.5 };

    [TestCase("linkbeat_interfaces {\n eth0\n}", ""), Scenario("linkbeat")]
    [TestCase("linkbeat_interfaces {\n eth0 ETHTOOL\n}", "")]
    [TestCase("linkbeat_interfaces {\n eth0 IOCTL\n}", "")]
    [TestCase("linkbeat_use_polling", "")]
    [TestCase("", "linkbeat_use_polling")]
    public void PolledInterface_IsFoundDownByTheNextSecond_NotAtOnce(string block, string line)
    {
        var link = Link("a");
        var a = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", block, Instance with { Lines = [line] });
        a.ExpectLog("Entering BACKUP STATE", 8);
        var waited = TimeSpan.Zero;
        for (var pull = 1; pull <= Pulls; pull++)
        {
            var watch = Stopwatch.StartNew();
            link.Cable("a", plugged: false);
            ExpectTimes("Entering FAULT STATE", pull);
            waited += watch.Elapsed;
            link.Cable("a", plugged: true);
            ExpectTimes("Entering BACKUP STATE", pull + 1);
        }

        // Told by the kernel it is a few milliseconds each; the poll comes once in a second.
        Assert.That(waited.TotalSeconds, Is.InRange(0.4, Pulls * 4));

        void ExpectTimes(string text, int count) => Expect.Within(
            TimeSpan.FromSeconds(6), () => a.Log.Count(one => one.Contains(text, StringComparison.OrdinalIgnoreCase)) >= count, $"{a} logs '{text}' {count} times");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("interface-up-down-delays")]
    public void Delays_OfAnInterface_HideWhatIsShorter(Build build)
    {
        var link = Link("a");
        var a = link.Start(build, "a", "interface_up_down_delays {\n eth0 0.9 0.95\n}", Instance);
        a.ExpectHolding(Lan.Vip, 8);
        var watch = Stopwatch.StartNew();
        link.Cable("a", plugged: false);
        link.Cable("a", plugged: true);
        var outage = watch.Elapsed.TotalSeconds;
        Thread.Sleep(1300);
        if (outage < 0.8)
            Assert.That(Faults(), Is.Zero, "back before the delay");

        a.ExpectHolding(Lan.Vip, 8);
        var before = Faults();
        watch.Restart();
        link.Cable("a", plugged: false);
        Expect.Within(TimeSpan.FromSeconds(5), () => Faults() > before, $"{a} notices");
        Assert.That(watch.Elapsed.TotalSeconds, Is.GreaterThan(0.85));
        watch.Restart();
        link.Cable("a", plugged: true);
        a.ExpectHolding(Lan.Vip, 8);
        Assert.That(watch.Elapsed.TotalSeconds, Is.GreaterThan(0.9 + 1.5), "the delay, then the time in which a master is waited for");

        int Faults() => a.Log.Count(static line => line.Contains("Entering FAULT STATE", StringComparison.OrdinalIgnoreCase));
    }

    [TestCase("track_src_ip", true), TestCase("", false), Scenario("track-src-ip")]
    public void SourceAddress_GoesAndComesBack_IsAFaultIfTracked(string line, bool isFault)
    {
        if (Pairs.Oracle && isFault)
            Assert.Ignore("2.2.7 does not notice");
        const string Source = "10.90.0.55";
        var link = Link("a");
        link.Ip("a", $"address add {Source}/24 dev eth0");
        var a = link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", Instance with { Lines = [$"mcast_src_ip {Source}", line] });
        a.ExpectHolding(Lan.Vip, 8);
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(2)).Advert!.Source.ToString(), Is.EqualTo(Source));

        link.Ip("a", $"address delete {Source}/24 dev eth0");
        if (isFault)
            a.ExpectLog("Entering FAULT STATE", 6);
        Thread.Sleep(600);
        Assert.That(a.Holds(Lan.Vip), Is.EqualTo(!isFault));
        link.Ip("a", $"address add {Source}/24 dev eth0");
        a.ExpectHolding(Lan.Vip, 8);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("track-group")]
    public void StaticEntries_OfATrackGroup_FaultItsMembersWithTheirInterface(Build build)
    {
        var link = Link("a");
        link.Ip("a", "link add u0 type veth peer name u1", "link set u1 up", "link set u0 up");
        var a = link.Start(
            build, "a", "track_group G {\n group {\n VI_1\n }\n}", "static_ipaddress {\n 10.93.0.9/24 dev u0 track_group G\n}",
            "static_routes {\n 10.94.0.0/24 via 10.93.0.1 dev u0 track_group G\n}",
            Instance, Instance with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.102/24"] });
        a.ExpectHolding(Lan.Vip, 8);
        a.ExpectHolding("10.90.0.102", 8);
        Assert.That(link.Holds("a", "10.93.0.9", "u0"), Is.True);

        link.Ip("a", "link set u1 down");
        a.ExpectLog("(VI_1) Entering FAULT STATE", 6);
        a.ExpectNotHolding(Lan.Vip, 5);
        link.Ip("a", "link set u1 up");
        a.ExpectHolding(Lan.Vip, 8);
        Assert.That(a.Log, Has.None.Contains("(VI_2) Entering FAULT"), "no member");
        Expect.Within(
            TimeSpan.FromSeconds(3),
            () => Command.Run("ip", ["-n", link.Namespace("a"), "route", "show", "10.94.0.0/24"]).Contains("u0", StringComparison.Ordinal), "the route is back");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("net-namespace")]
    public void NetNamespace_IsWhereItRuns_WhereverItIsStarted(Build build)
    {
        var link = Link("a");
        var a = new Router(link, build, "a", $"net_namespace {link.Namespace("a")}\n{Instance}") { Network = link.Namespace(Lan.Stranger) };
        link.Adopt(a);
        a.Start();
        a.ExpectHolding(Lan.Vip, 8);
        Assert.That(link.Wire.Advert("a", TimeSpan.FromSeconds(3)).Advert!.Source.ToString(), Is.EqualTo(Lan.Address("a")));
        Assert.That(Namespaces.Processes(link.Namespace("a")), Does.Contain(a.Pid).And.Contain(a.VrrpPid));
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(a.Holds(Lan.Vip), Is.False);
    }
}
