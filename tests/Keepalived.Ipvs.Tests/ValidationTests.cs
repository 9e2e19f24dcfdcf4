using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests;

/// <summary>What is refused before it comes to the kernel, and in which words.</summary>
public sealed class ValidationTests
{
    private static readonly InetAddress Address = InetAddress.Parse("192.0.2.1");
    private static readonly IpvsServiceKey Web = IpvsServiceKey.Create(IpvsProtocol.Tcp, Address, 80);
    private static readonly IpvsService Service = new() { Key = Web };
    private static readonly IpvsService Persistent = Service with { Persistence = new IpvsPersistence() };
    private static readonly IpvsDestination Server = new() { Address = InetAddress.Parse("192.0.2.10"), Port = 80 };
    private static readonly IpvsSyncDaemon Daemon = new() { Role = IpvsSyncRole.Master, Interface = "eth0" };

    private static IEnumerable<TestCaseData> BadServices()
    {
        yield return new TestCaseData(Service with { Key = default }, "no key");
        yield return new TestCaseData(Service with { Scheduler = "" }, "not the name of a scheduler");
        yield return new TestCaseData(Service with { Scheduler = "sixteen-letters-" }, "not the name of a scheduler");
        yield return new TestCaseData(Service with { Scheduler = "r r" }, "not the name of a scheduler");
        yield return new TestCaseData(Service with { Flags = (IpvsServiceFlags)2 }, "unknown flags");
        yield return new TestCaseData(Service with { Flags = IpvsServiceFlags.OnePacket }, "only UDP");
        yield return new TestCaseData(Service with { Key = IpvsServiceKey.Create(IpvsProtocol.Tcp, Address, 0) }, "needs persistence");
        yield return new TestCaseData(With(new IpvsPersistence { Timeout = TimeSpan.Zero }), "timeout");
        yield return new TestCaseData(With(new IpvsPersistence { Timeout = TimeSpan.FromSeconds(1.5) }), "whole seconds");
        yield return new TestCaseData(With(new IpvsPersistence { Timeout = TimeSpan.FromSeconds(2_678_401) }), "timeout");
        yield return new TestCaseData(With(new IpvsPersistence { Granularity = IpvsGranularity.Prefix(33) }), "32 bits");
        yield return new TestCaseData(With(new IpvsPersistence { Engine = "" }), "not the name of a persistence engine");
        yield return new TestCaseData(With(new IpvsPersistence { Engine = "seventeen-letters" }), "not the name of a persistence engine");
        yield return new TestCaseData(
            new IpvsService
            {
                Key = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("2001:db8::1"), 80),
                Persistence = new IpvsPersistence { Granularity = IpvsGranularity.Mask(InetAddress.Parse("255.0.255.0")) },
            },
            "IPv6 has prefix lengths");
    }

    [TestCaseSource(nameof(BadServices))]
    public void Service_ThatCannotBe_IsRefusedWithTheReason(IpvsService service, string reason)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Validate, Throws.ArgumentException.With.Message.Contains(reason));
            Assert.That(() => IpvsOperation.AddService(service), Throws.ArgumentException.With.Message.Contains(reason));
            Assert.That(() => IpvsOperation.SetService(service), Throws.ArgumentException.With.Message.Contains(reason));
        }
    }

    [Test]
    public void Service_AtItsLimits_IsAccepted()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Service with { Scheduler = "fifteen-letters" }).Validate, Throws.Nothing);
            Assert.That((Persistent with { Key = IpvsServiceKey.Create(IpvsProtocol.Tcp, Address, 0) }).Validate, Throws.Nothing);
            Assert.That(
                (Service with { Key = IpvsServiceKey.ForMark(1), Flags = IpvsServiceFlags.OnePacket }).Validate, Throws.Nothing);
            Assert.That(
                With(new IpvsPersistence { Timeout = IpvsPersistence.MaxTimeout, Engine = "sixteen-letters-" }).Validate, Throws.Nothing);
        }
    }

    private static IEnumerable<TestCaseData> BadDestinations()
    {
        var tunnelled = Server with { Forwarding = IpvsForwarding.Tunnel };
        yield return new TestCaseData(Server with { Address = default }, "address of one machine");
        yield return new TestCaseData(Server with { Address = InetAddress.AnyIPv4 }, "address of one machine");
        yield return new TestCaseData(Server with { Address = InetAddress.Parse("224.0.0.1") }, "address of one machine");
        yield return new TestCaseData(Server with { Address = InetAddress.Parse("2001:db8::1") }, "of the family of TCP 192.0.2.1:80");
        yield return new TestCaseData(Server with { Forwarding = (IpvsForwarding)5 }, "no such forwarding method");
        yield return new TestCaseData(Server with { Tunnel = IpvsTunnel.Gre() }, "a tunnel is described");
        yield return new TestCaseData(tunnelled with { Tunnel = IpvsTunnel.Gue(0) }, "GUE needs a port");
        yield return new TestCaseData(tunnelled with { Tunnel = IpvsTunnel.Gue(1, (IpvsTunnelChecksum)3) }, "no such checksum");
        yield return new TestCaseData(tunnelled with { Tunnel = IpvsTunnel.Gre(IpvsTunnelChecksum.RemoteChecksum) }, "no remote checksum");
        yield return new TestCaseData(tunnelled with { Tunnel = new IpvsTunnel { Port = 5 } }, "only GUE has a port");
        yield return new TestCaseData(tunnelled with { Tunnel = new IpvsTunnel { Type = (IpvsTunnelType)3 } }, "no such encapsulation");
        yield return new TestCaseData(
            tunnelled with { Tunnel = new IpvsTunnel { Checksum = IpvsTunnelChecksum.Checksum } }, "IP in IP has no checksum");
        yield return new TestCaseData(Server with { Weight = -1 }, "negative");
        yield return new TestCaseData(Server with { UpperThreshold = 1, LowerThreshold = 2 }, "above the upper threshold");
        yield return new TestCaseData(Server with { LowerThreshold = 1 }, "above the upper threshold");
    }

    [TestCaseSource(nameof(BadDestinations))]
    public void Destination_ThatCannotBe_IsRefusedWithTheReason(IpvsDestination destination, string reason)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => IpvsOperation.AddDestination(Web, destination), Throws.ArgumentException.With.Message.Contains(reason));
            Assert.That(() => IpvsOperation.SetDestination(Web, destination), Throws.ArgumentException.With.Message.Contains(reason));
        }
    }

    [Test]
    public void Destination_OfAnotherFamilyInATunnel_IsAccepted() => Assert.That(
        () => IpvsOperation.AddDestination(
            Web, Server with { Address = InetAddress.Parse("2001:db8::1"), Forwarding = IpvsForwarding.Tunnel }),
        Throws.Nothing);

    private static IEnumerable<TestCaseData> BadDaemons()
    {
        yield return new TestCaseData(Daemon with { Role = 0 }, "no role");
        yield return new TestCaseData(Daemon with { Interface = "" }, "not the name of an interface");
        yield return new TestCaseData(Daemon with { Interface = "sixteen-letters-" }, "not the name of an interface");
        yield return new TestCaseData(Daemon with { SyncId = 256 }, "sync id");
        yield return new TestCaseData(Daemon with { SyncId = -1 }, "sync id");
        yield return new TestCaseData(Daemon with { MaxLength = 65508 }, "65507");
        yield return new TestCaseData(Daemon with { Group = Address }, "not a multicast group");
    }

    [TestCaseSource(nameof(BadDaemons))]
    public void Daemon_ThatCannotBe_IsRefusedWithTheReason(IpvsSyncDaemon daemon, string reason) =>
        Assert.That(() => IpvsOperation.StartDaemon(daemon), Throws.ArgumentException.With.Message.Contains(reason));

    [TestCase(-1)]
    [TestCase(0.5)]
    [TestCase(2_678_401)]
    public void Timeout_OutOfItsRange_IsRefused(double seconds) => Assert.That(
        () => IpvsOperation.SetTimeouts(new IpvsTimeouts { Udp = TimeSpan.FromSeconds(seconds) }),
        Throws.ArgumentException.With.Message.Contains("udp"));

    [Test]
    public void Key_ThatNamesNothing_IsRefused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => IpvsServiceKey.Create(IpvsProtocol.None, Address, 80), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => IpvsServiceKey.Create(IpvsProtocol.Tcp, default, 80), Throws.ArgumentException);
            Assert.That(() => IpvsServiceKey.ForMark(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => IpvsServiceKey.ForMark(1, AddressFamily.Unix), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => IpvsOperation.DeleteService(default), Throws.ArgumentException);
            Assert.That(() => IpvsOperation.StopDaemon(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => IpvsGranularity.Prefix(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => IpvsGranularity.Prefix(129), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => IpvsGranularity.Mask(InetAddress.AnyIPv4), Throws.ArgumentException);
        }
    }

    [Test]
    public void Granularity_OfAContiguousMask_IsAPrefix()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IpvsGranularity.Mask(InetAddress.Parse("255.255.255.0")), Is.EqualTo(IpvsGranularity.Prefix(24)));
            Assert.That(IpvsGranularity.Mask(InetAddress.Parse("255.255.255.255")), Is.EqualTo(IpvsGranularity.Host));
            Assert.That(IpvsGranularity.Mask(InetAddress.Parse("0.0.0.255")).ToString(), Is.EqualTo("0.0.0.255"));
            Assert.That(IpvsGranularity.Mask(InetAddress.Parse("128.0.0.0")).ToString(), Is.EqualTo("/1"));
        }
    }

    [Test]
    public void Values_AreWrittenAsAnOperatorReadsThem()
    {
        var six = InetAddress.Parse("2001:db8::1");
        var tunnelled = Server with
        {
            Forwarding = IpvsForwarding.Tunnel,
            Tunnel = IpvsTunnel.Gue(5555, IpvsTunnelChecksum.Checksum),
            UpperThreshold = 9,
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Web.ToString(), Is.EqualTo("TCP 192.0.2.1:80"));
            Assert.That(IpvsServiceKey.Create(IpvsProtocol.Sctp, six, 53).ToString(), Is.EqualTo("SCTP [2001:db8::1]:53"));
            Assert.That(IpvsServiceKey.ForMark(7, AddressFamily.InterNetworkV6).ToString(), Is.EqualTo("FWM 7 IPv6"));
            Assert.That(default(IpvsServiceKey).ToString(), Is.EqualTo("none"));
            Assert.That(
                (Persistent with { Flags = IpvsServiceFlags.Scheduler1 | IpvsServiceFlags.Scheduler3 }).ToString(),
                Is.EqualTo("TCP 192.0.2.1:80 wlc (flag-1,flag-3) persistent 360"));
            Assert.That(
                tunnelled.ToString(),
                Is.EqualTo("192.0.2.10:80 TUN gue port 5555 checksum weight 1 thresholds 0..9"));
            Assert.That(IpvsOperation.StartDaemon(Daemon).ToString(), Is.EqualTo("start IPVS sync daemon master on eth0, sync id 0"));
        }
    }

    [Test]
    public void Keys_HaveAnOrder()
    {
        IpvsServiceKey[] ordered =
        [
            Web,
            IpvsServiceKey.Create(IpvsProtocol.Udp, Address, 80),
            IpvsServiceKey.Create(IpvsProtocol.Tcp, Address, 443),
            IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.2"), 1),
            IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("::1"), 1),
            IpvsServiceKey.ForMark(1),
            IpvsServiceKey.ForMark(2),
        ];
        Assert.That(ordered.Reverse().Order(), Is.EqualTo(ordered));
        Assert.That((ordered[0] < ordered[1], ordered[0] >= ordered[1], ordered[6] > ordered[5]), Is.EqualTo((true, false, true)));
    }

    private static IpvsService With(IpvsPersistence persistence) => Service with { Persistence = persistence };
}
