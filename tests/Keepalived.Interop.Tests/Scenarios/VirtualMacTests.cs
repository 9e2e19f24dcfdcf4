using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Virtual MAC interfaces: on the wire as the real one's, and in the kernel.</summary>
internal sealed class VirtualMacTests : ScenarioFixture
{
    private const string Vmac = "vrrp.51";
    private const string Vip6 = "2001:db8:90::100";
    private const string MacIPv4 = "00:00:5e:00:01:33";
    private const string MacIPv6 = "00:00:5e:00:02:33";

    private static readonly VrrpInstance IPv6 = new() { Addresses = ["fe80::100/64", Vip6 + "/64"] };

    private static readonly string[] Settings =
        ["arp_ignore", "arp_filter", "accept_local", "rp_filter", "promote_secondaries", "forwarding", "log_martians", "arp_announce"];

    private static readonly string[] SettingsIPv6 = ["disable_ipv6", "addr_gen_mode", "accept_ra", "autoconf", "accept_dad"];

    private static readonly TestCaseData[] Options =
    [
        Case("ipv4", new VrrpInstance { Lines = ["use_vmac"] }, Vmac),
        Case("version 2", new VrrpInstance { Version = 2, Interval = 1, Lines = ["use_vmac"] }, Vmac),
        Case("ipv6", IPv6 with { Lines = ["use_vmac"] }, Vmac),
        Case("xmit-base", new VrrpInstance { Lines = ["use_vmac", "vmac_xmit_base"] }, Vmac),
        Case("name", new VrrpInstance { Lines = ["use_vmac web0"] }, "web0"),
        Case("mac", new VrrpInstance { Lines = ["use_vmac web0 02:00:00:00:00:33"] }, "web0"),
        Case("short mac", new VrrpInstance { Lines = ["use_vmac web0 02:00:00:00:77"] }, "web0"),
        Case("ipv6 excluded", new VrrpInstance { Lines = ["use_vmac"], Excluded = [Vip6 + "/64"] }, Vmac),
    ];

    private static IEnumerable<TestCaseData> PairsAndKinds => Pairs.All.SelectMany(static pair => (TestCaseData[])
    [
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], new VrrpInstance { Interval = 0.2, Lines = ["use_vmac"] }, Lan.Vip, MacIPv4, MacIPv4),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], new VrrpInstance { Version = 2, Interval = 1, Lines = ["use_vmac"] }, Lan.Vip, MacIPv4, MacIPv4),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], IPv6 with { Lines = ["use_vmac"] }, Vip6, MacIPv6, MacIPv6),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], new VrrpInstance { Lines = ["use_vmac", "vmac_xmit_base"] }, Lan.Vip, MacIPv4, null),
        new TestCaseData(pair.Arguments[0], pair.Arguments[1], IPv6 with { Lines = ["use_vmac", "vmac_xmit_base"] }, Vip6, MacIPv6, null),
    ]);

    [TestCaseSource(nameof(PairsAndKinds)), Scenario("vmac")]
    public void Takeover_TheAddressKeepsItsMacAddress(
        object first, object second, VrrpInstance instance, string address, string owner, string? sender)
    {
        var link = Link("a", "b");
        var a = link.Start((Build)first, "a", instance with { Priority = 200 });
        ExpectHolding(link, "a", address, 6);
        _ = link.Start((Build)second, "b", instance with { Priority = 100 });
        CheckWire(link, "a", address, owner, sender);
        Assert.That(link.Pings(address), Is.True, "a host reaches the address");

        Thread.Sleep(1500);
        Assert.That(link.Holds("b", address, Vmac), Is.False, "b is backup");
        Assert.That(a.Stop(), Is.Zero);

        ExpectHolding(link, "b", address, 5);
        CheckWire(link, "b", address, owner, sender);
        Assert.That(link.Pings(address), Is.True, "a host reaches the address at its new place");
        Assert.That(Device(link, "a", Vmac), Is.Null, "nothing is left of the first");
    }

    [TestCaseSource(nameof(Options)), Scenario("vmac-options")]
    public void Interface_IsInTheKernelAsTheRealOnes(VrrpInstance instance, string name)
    {
        var link = Link("a", "b");
        var wanted = instance with { Priority = 255, State = "MASTER" };
        link.Partition(cut: true);
        link.Start(Pairs.Oracle ? Build.Real : Build.Ours, "a", wanted);
        link.Start(Build.Real, "b", wanted);
        var address = instance.Addresses[^1].Split('/')[0];
        ExpectHolding(link, "a", address, 6, name);
        ExpectHolding(link, "b", address, 6, name);
        Thread.Sleep(200);

        Assert.That(Described(link, "a", name), Is.EqualTo(Described(link, "b", name)));
        Assert.That(Values(link, "a", Lan.Interface), Is.EqualTo(Values(link, "b", Lan.Interface)), "the base interface");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.OursOnly)), Scenario("vmac-netlink-notify")]
    public void NetlinkNotify_TheBaseIsToldOfOnceMore(Build build, Build other)
    {
        Assert.That(NewsOfTheBase(" netlink_notify_msg"), Is.EqualTo(NewsOfTheBase("") + 1));

        int NewsOfTheBase(string option)
        {
            var link = Link("a");
            var path = Path.Combine(link.Folder, "news");
            using var monitor = Process.Start("sh", ["-c", $"exec ip -n {link.Namespace("a")} -o monitor link > {path}"]);
            // It listens when it tells of what happens.
            Expect.Within(TimeSpan.FromSeconds(10), () =>
            {
                link.Ip("a", "link add probe0 type veth peer name probe1", "link delete probe0");
                return new FileInfo(path) is { Exists: true, Length: > 0 };
            }, "ip monitor listens");
            link.Start(build, "a", new VrrpInstance { Lines = ["use_vmac web0" + option] });
            ExpectHolding(link, "a", Lan.Vip, 10, "web0");
            Thread.Sleep(300);
            monitor.Kill();
            monitor.WaitForExit();
            return File.ReadAllLines(path).Count(static line => line.Contains(" eth0@", StringComparison.Ordinal));
        }
    }

    [Test, Scenario("vmac-names")]
    public void Names_OfAllInterfaces_AreTheRealOnes()
    {
        var link = Link("a", "b");
        link.Partition(cut: true);
        object[] blocks =
        [
            "global_defs {\n vmac_prefix web\n vmac_addr_prefix vip\n}",
            new VrrpInstance { Interface = "u0", Addresses = ["10.93.0.1/24", Lan.Vip + "/24 dev eth0"], Lines = ["use_vmac", "use_vmac_addr"] },
            IPv6 with { Name = "VI_6", Lines = ["use_vmac"] },
        ];
        foreach (var station in "ab")
        {
            link.Ip($"{station}", "link add u0 type veth peer name u1", "link set u1 up", "link set u0 up", $"address add 10.93.0.{station - 'a' + 8}/24 dev u0");
            link.Start(station == 'b' || Pairs.Oracle ? Build.Real : Build.Ours, $"{station}", blocks);
        }

        Expect.Within(TimeSpan.FromSeconds(10), () => Names("a").Length == 3 && Names("b").Length == 3, "each has three");
        Assert.That(Names("a"), Is.EqualTo(Names("b")));

        string[] Names(string station) =>
            [.. Command.Run("ip", ["-n", link.Namespace(station), "-br", "link", "show", "type", "macvlan"]).Split('\n').Select(static line => line.Split('@')[0]).Where(static name => name.Length > 0).Order(StringComparer.Ordinal)];
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-killed")]
    public void Killed_TheNextRunAdoptsWhatItWantsAndRemovesTheRest(Build build)
    {
        var link = Link("a");
        var one = new VrrpInstance { Priority = 255, State = "MASTER", Lines = ["use_vmac"] };
        var two = one with { Name = "VI_2", VirtualRouterId = 52, Addresses = ["10.90.0.200/24"] };
        var a = link.Start(build, "a", one, two);
        ExpectHolding(link, "a", Lan.Vip, 6);
        ExpectHolding(link, "a", "10.90.0.200", 6, "vrrp.52");
        var before = Device(link, "a", Vmac)!["ifindex"]!.ToString();
        a.Crash();
        Assert.That(link.Holds("a", Lan.Vip, Vmac), Is.True, "a killed run leaves everything");
        a.Configure(one);
        a.Start();

        // The killed run's log and addresses are there still: what only the new one does tells that it runs.
        var since = WallClock.Now;
        link.Wire.Advert("a", TimeSpan.FromSeconds(6), since);
        ExpectHolding(link, "a", Lan.Vip, 6);
        Assert.That(Device(link, "a", Vmac)!["ifindex"]!.ToString(), Is.EqualTo(before), "the one that is wanted still is used");
        if (build == Build.Real)
            return;
        Expect.Within(TimeSpan.FromSeconds(6), () => Device(link, "a", "vrrp.52") is null, "the other one is gone");
        Assert.That(a.Stop(), Is.Zero);
        Assert.That(Device(link, "a", Vmac), Is.Null);
        Assert.That(Values(link, "a", Lan.Interface), Does.Contain("arp_ignore=0").And.Contain("arp_filter=0"), "the base is as it was");
    }

    private static TestCaseData Case(string name, VrrpInstance instance, string device) =>
        new TestCaseData(instance, device).SetArgDisplayNames(name);

    private static void ExpectHolding(Lan link, string station, string address, double seconds, string device = Vmac) =>
        Expect.Within(TimeSpan.FromSeconds(seconds), () => Device(link, station, device) is not null && link.Holds(station, address, device),
            $"{station} holds {address} on {device}");

    private static void CheckWire(Lan link, string station, string address, string owner, string? sender)
    {
        var announcement = link.Wire.Announcement(station, address, TimeSpan.FromSeconds(3)).Announcement!;
        Assert.That(announcement.Owner, Is.EqualTo(owner).IgnoreCase);
        Assert.That(announcement.SourceMac, Is.EqualTo(owner).IgnoreCase);
        var advert = link.Wire.Advert(station, TimeSpan.FromSeconds(3)).Advert!;
        Assert.That(advert.SourceMac, Is.EqualTo(sender ?? (string)Device(link, station, Lan.Interface)!["address"]!).IgnoreCase);
    }

    private static JsonObject? Device(Lan link, string station, string device)
    {
        var (status, output, _) = Command.Try("ip", ["-n", link.Namespace(station), "-j", "-d", "link", "show", "dev", device]);
        return status == 0 ? JsonNode.Parse(output)?[0]?.AsObject() : null;
    }

    /// <summary>Everything about the interface but what is the machine's: indexes, and addresses that the stations have for themselves.</summary>
    private static string Described(Lan link, string station, string name)
    {
        var device = Device(link, station, name)!;
        foreach (var own in (string[])["ifindex"])
            device.Remove(own);
        var addresses = link.Addresses(station, name)
            .Where(entry => (string)entry["local"]! != Lan.LinkLocal(station))
            .Select(static entry => string.Join(' ', entry.Where(static one => !one.Key.EndsWith("life_time", StringComparison.Ordinal))))
            .Order(StringComparer.Ordinal);
        return string.Join('\n', [device.ToJsonString(), .. addresses, Values(link, station, name)]);
    }

    /// <summary>The kernel's settings of an interface.</summary>
    private static string Values(Lan link, string station, string device) => Namespaces.Run(link.Namespace(station), () => string.Join(' ',
    [
        .. Settings.Select(setting => $"{setting}={Read($"ipv4/conf/{device}/{setting}", device, setting)}"),
        .. SettingsIPv6.Select(setting => $"{setting}={Read($"ipv6/conf/{device}/{setting}", device, setting)}"),
    ]));

    private static string Read(string path, string device, string setting)
    {
        // Since 2.3.0 an IPv6 VMAC, too, ignores ARP for other addresses than its own; the real one here is older.
        if (setting == "arp_ignore" && device == Vmac && File.ReadAllText($"/proc/sys/net/ipv6/conf/{device}/disable_ipv6").Trim() == "0")
            return "any";
        return File.ReadAllText("/proc/sys/net/" + path).Trim().ToString(CultureInfo.InvariantCulture);
    }
}
