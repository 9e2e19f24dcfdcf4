using System.Net;
using System.Text.Json.Nodes;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.Interop.Tests.Scenarios;

/// <summary>Statements of RFC 9568 and RFC 3768 about the virtual MAC address, by their numbers: what hosts of the link learn and get.</summary>
internal sealed class VirtualMacConformanceTests : ScenarioFixture
{
    private const string Vmac = "vrrp.51";
    private const string Virtual6 = "2001:db8:90::100";
    private const string MacIPv4 = "00:00:5e:00:01:33";
    private const string MacIPv6 = "00:00:5e:00:02:33";
    private static readonly VrrpInstance IPv4 = new() { Priority = 200, Lines = ["use_vmac"] };
    private static readonly VrrpInstance IPv6 = IPv4 with { Addresses = ["fe80::100/64", Virtual6 + "/64"] };

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-arp")]
    public void V45_V70_V76_W15_D8_Master_AnswersArpWithTheVirtualMacOnly(Build build)
    {
        var link = Link("a");
        // D8: else the kernel asks for neighbours on the base interface in the name of the address, with the physical MAC.
        link.Set("a", "net/ipv4/conf/eth0/arp_announce", "2");
        link.Start(build, "a", IPv4);
        ExpectHolding(link, Lan.Vip);
        Assert.That(link.Pings(Lan.Vip), Is.True);
        Assert.That(Neighbour(link, Lan.Vip), Does.Contain(MacIPv4));
        link.Ip(Lan.Stranger, "neighbour flush dev eth0");
        Assert.That(link.Pings(Lan.Vip), Is.True, "asked again");

        var vip = IPAddress.Parse(Lan.Vip).GetAddressBytes();
        var arps = link.Wire.Frames.Where(frame => IsArp(frame) && frame.Bytes.AsSpan(28, 4).SequenceEqual(vip)).ToArray();
        Assert.That(arps.Any(static frame => frame.Bytes[21] == 2), Is.True, "a reply was seen");
        Assert.That(arps.Select(static frame => FrameDecoder.Mac(frame.Bytes.AsSpan(22))), Is.All.EqualTo(MacIPv4), "the owner in all of them");
        Assert.That(link.Wire.Adverts("a").Select(static frame => frame.Advert!.SourceMac), Is.All.EqualTo(MacIPv4), "the source of adverts");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-nd")]
    public void V41_V46_V47_V82_Master_AnswersSolicitationsWithTheVirtualMacOnlyAndAsRouter(Build build)
    {
        var link = Link("a");
        link.Set("a", "net/ipv6/conf/all/forwarding", "1");
        link.Start(build, "a", IPv6);
        ExpectHolding(link, Virtual6);
        Assert.That(link.Pings(Virtual6), Is.True);
        Assert.That(Neighbour(link, Virtual6), Does.Contain(MacIPv6).And.Contain("router"));
        var groups = Command.Run("ip", ["-n", link.Namespace("a"), "-6", "maddress", "show", "dev", Vmac]);
        Assert.That(groups, Does.Contain("ff02::1:ff00:100"), "the solicited-node group");

        var address = IPAddress.Parse(Virtual6).GetAddressBytes();
        var answers = link.Wire.Frames.Where(frame => IsNeighbourAdvertisement(frame) && frame.Bytes.AsSpan(62, 16).SequenceEqual(address)).ToArray();
        Assert.That(answers.Any(static frame => (frame.Bytes[58] & 0x40) != 0), Is.True, "a solicited one was seen");
        Assert.That(answers.Select(static frame => FrameDecoder.Mac(frame.Bytes.AsSpan(80))), Is.All.EqualTo(MacIPv6), "the target address in all of them");
        Assert.That(answers.Select(static frame => frame.Bytes[58] & 0x80), Is.All.EqualTo(0x80), "the router flag");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-forwarding")]
    public void V49_V50_Master_ForwardsFramesForTheVirtualMacAndAcceptsThoseForItsAddress(Build build)
    {
        var link = Link("a");
        link.Set("a", "net/ipv4/ip_forward", "1");
        link.Set("a", "net/ipv4/conf/eth0/arp_announce", "2");
        link.Ip("a", "link add u0 type veth peer name u1", "link set u1 up", "link set u0 up",
            "address add 10.93.0.9/24 dev u0", "neighbour add 10.93.0.77 lladdr 02:00:00:00:00:77 dev u0");
        link.Start(build, "a", IPv4);
        ExpectHolding(link, Lan.Vip);
        link.Ip(Lan.Stranger, $"route add 10.93.0.0/24 via {Lan.Vip}");
        var before = Sent(link);
        // Nobody answers behind.
        Assert.That(link.Pings("10.93.0.77"), Is.False);
        Assert.That(Sent(link) - before, Is.GreaterThanOrEqualTo(3), "frames forwarded");
        Assert.That(Neighbour(link, Lan.Vip), Does.Contain(MacIPv4), "to the virtual MAC address");
        Assert.That(link.Pings(Lan.Vip), Is.True);
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-backup")]
    public void V37_V38_Backup_AnswersNothingThatIsSentToTheVirtualMac(Build build)
    {
        var link = Link("a");
        // A master that is nowhere: so the bridge brings frames for the virtual MAC address to the backup, too.
        using var stranger = new Injector(link);
        var advert = AdvertBuilder.Version3(priority: 250, centiseconds: 20, addresses: [Lan.Vip]);
        using var master = new Repeater(() => stranger.Send(advert), TimeSpan.FromMilliseconds(100));
        var a = link.Start(build, "a", IPv4);
        a.ExpectLog("Entering BACKUP STATE", 8);
        link.Ip(Lan.Stranger, $"neighbour replace {Lan.Vip} lladdr {MacIPv4} dev eth0 nud permanent");
        Assert.That(link.Pings(Lan.Vip), Is.False);
        Assert.That(link.Holds("a", Lan.Vip, Vmac), Is.False);
        Assert.That(link.Wire.Frames.Where(static frame => frame.Port == "a" && FrameDecoder.Mac(frame.Bytes.AsSpan(6)) == MacIPv4
            && frame.Bytes.AsSpan(12, 2).SequenceEqual((ReadOnlySpan<byte>)[8, 6])), Is.Empty, "no ARP of its own");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-identifiers")]
    public void V74_VirtualMac_IsInNoInterfaceIdentifier(Build build)
    {
        var link = Link("a");
        link.Start(build, "a", IPv6);
        ExpectHolding(link, Virtual6);
        var addresses = link.Addresses("a", Vmac).Select(static entry => (string)entry["local"]!).ToArray();
        Assert.That(addresses, Is.EquivalentTo(new[] { Lan.LinkLocal("a"), "fe80::100", Virtual6 }),
            "nothing that the kernel made of 00-00-5E-00-02-33");
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Single)), Scenario("vmac-restart")]
    public void V77_V78_V84_RestartingOwner_NeverAnnouncesWithItsOwnMac(Build build)
    {
        var link = Link("a");
        var owner = IPv4 with { Priority = 255, State = "MASTER" };
        var six = IPv6 with { Name = "VI_6", VirtualRouterId = 51, Priority = 255, State = "MASTER" };
        var a = link.Start(build, "a", owner, six);
        link.Wire.Announcement("a", Lan.Vip, TimeSpan.FromSeconds(8));
        a.Crash();
        var since = WallClock.Now;
        a.Start();
        link.Wire.Announcement("a", Lan.Vip, TimeSpan.FromSeconds(8), since);
        link.Wire.Announcement("a", Virtual6, TimeSpan.FromSeconds(8), since);
        Assert.That(a.Stop(), Is.Zero);

        var owners = link.Wire.Frames.Where(static frame => frame is { Port: "a", Announcement: not null })
            .Select(static frame => frame.Announcement!).Where(static one => one.Address.ToString() is Lan.Vip or Virtual6 or "fe80::100")
            .Select(static one => (one.Owner, one.SourceMac)).Distinct();
        Assert.That(owners, Is.EquivalentTo(new[] { (MacIPv4, MacIPv4), (MacIPv6, MacIPv6) }));
    }

    private static void ExpectHolding(Lan link, string address) =>
        Expect.Within(TimeSpan.FromSeconds(10), () => Has(link, address), $"a holds {address}");

    private static bool Has(Lan link, string address) =>
        Command.Try("ip", ["-n", link.Namespace("a"), "-o", "address", "show", "dev", Vmac]).Output.Contains($" {address}/", StringComparison.Ordinal);

    private static string Neighbour(Lan link, string address) =>
        Command.Run("ip", ["-n", link.Namespace(Lan.Stranger), "neighbour", "show", address, "dev", "eth0"]);

    private static long Sent(Lan link) =>
        (long)JsonNode.Parse(
            Command.Run("ip", ["-n", link.Namespace("a"), "-j", "-s", "link", "show", "dev", "u0"]))![0]!["stats64"]!["tx"]!["packets"]!;

    private static bool IsArp(Frame frame) => frame.Port == "a" && frame.Bytes.Length >= 42 && frame.Bytes[12] == 8 && frame.Bytes[13] == 6;

    private static bool IsNeighbourAdvertisement(Frame frame) => frame.Port == "a" && frame.Bytes.Length >= 86
        && frame.Bytes[12] == 0x86 && frame.Bytes[13] == 0xdd && frame.Bytes[20] == 58 && frame.Bytes[54] == 136;
}
