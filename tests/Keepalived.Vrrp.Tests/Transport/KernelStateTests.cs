using System.Diagnostics.Metrics;
using Keepalived.Netlink;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>One engine and what happens in its kernel: addresses, interfaces, leftovers.</summary>
[NonParallelizable]
public sealed class KernelStateTests
{
    private const string Vip = "10.91.0.100";

    private static readonly VirtualRouterOptions Options = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(50),
        Addresses = [VirtualAddress.Parse(Vip + "/24")],
    };

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task Master_AllAddressOptions_ReachTheKernel()
    {
        _link.Ip('a', "link add extra0 type veth peer name extra1", "link set extra1 up", "link set extra0 up");
        var a = await _link.StartAsync('a', Options with
        {
            Addresses =
            [
                VirtualAddress.Parse("10.95.0.100/24") with
                {
                    Broadcast = InetAddress.Parse("10.95.0.255"),
                    Label = "eth0:vip",
                    Scope = 253,
                },
                VirtualAddress.Parse("10.91.0.101") with { Peer = InetAddress.Parse("10.91.0.201") },
                VirtualAddress.Parse("10.92.0.1/24") with { Device = "extra0", NoPrefixRoute = true },
            ],
            ExcludedAddresses =
            [
                VirtualAddress.Parse("2001:db8::100"),
                VirtualAddress.Parse("2001:db8::101/64"),
                VirtualAddress.Parse("2001:db8::102/64") with { PreferredLifetime = TimeSpan.FromHours(1), HomeAddress = true },
            ],
        });
        await Expect(() => _link.Holds('a', "2001:db8::102"), "the last address is there");
        var first = _link.Address('a', "10.95.0.100")!;
        Assert.That((string?)first["broadcast"], Is.EqualTo("10.95.0.255"));
        Assert.That((string?)first["label"], Is.EqualTo("eth0:vip"));
        Assert.That((string?)first["scope"], Is.EqualTo("link"));
        Assert.That((string?)_link.Address('a', "10.91.0.101")!["address"], Is.EqualTo("10.91.0.201"));
        Assert.That((bool?)_link.Address('a', "10.92.0.1", "extra0")!["noprefixroute"], Is.True);
        Assert.That((long?)_link.Address('a', "2001:db8::100")!["preferred_life_time"], Is.Zero);
        Assert.That((bool?)_link.Address('a', "2001:db8::100")!["nodad"], Is.True);
        Assert.That((long?)_link.Address('a', "2001:db8::101")!["preferred_life_time"], Is.EqualTo(uint.MaxValue));
        Assert.That((long?)_link.Address('a', "2001:db8::102")!["preferred_life_time"], Is.InRange(3500, 3600));

        await a.StopAsync();
        foreach (var address in (string[])["10.95.0.100", "10.91.0.101", "2001:db8::100", "2001:db8::101", "2001:db8::102"])
            Assert.That(_link.Holds('a', address), Is.False, address);
        Assert.That(_link.Holds('a', "10.92.0.1", "extra0"), Is.False);
    }

    [Test]
    public async Task AddressThere_BecomingMaster_CountsAsSet()
    {
        var a = await _link.StartAsync('a', Options with { AdvertisementInterval = TimeSpan.FromMilliseconds(200) });
        _link.Ip('a', $"address add {Vip}/24 dev eth0");
        await Expect(a.Routers[0], VrrpState.Master);
        await a.StopAsync();
        Assert.That(_link.Holds('a', Vip), Is.False);
    }

    [Test]
    public async Task Start_AddressesOfKilledRun_AreRemoved()
    {
        _link.Ip('a', $"address add {Vip}/24 dev eth0", "address add 2001:db8::100/64 dev eth0 nodad",
            "address add 10.91.0.50/24 dev eth0");
        _ = await _link.StartAsync('a',
            Options with
            {
                AdvertisementInterval = TimeSpan.FromSeconds(30),
                ExcludedAddresses = [VirtualAddress.Parse("2001:db8::100/64")],
            });
        await Expect(() => !_link.Holds('a', Vip) && !_link.Holds('a', "2001:db8::100"), "the leftovers are gone");
        Assert.That(_link.Holds('a', "10.91.0.50"), Is.True, "nobody else's address is touched");
    }

    [Test]
    public async Task Master_AddressDeletedByOther_GoesToBackupAndBack()
    {
        var a = await _link.StartAsync('a', Options with { DriftRepair = null });
        await Expect(a.Routers[0], VrrpState.Master);
        await Expect(() => _link.Holds('a', Vip), "the master has the address");
        _link.Ip('a', $"address delete {Vip}/24 dev eth0");
        await Expect(() => a.Routers[0].Statistics.ReleasedMaster == 1, "the loss is noticed");
        await Expect(() => a.Routers[0].State == VrrpState.Master && _link.Holds('a', Vip), "the address is back");
        Assert.That(a.Routers[0].Statistics.BecameMaster, Is.EqualTo(2));
        Assert.That(a.Routers[0].Statistics.PriorityZeroSent, Is.EqualTo(1));
    }

    [Test]
    public async Task Master_UntrackedAddressDeletedByOther_StaysMaster()
    {
        var a = await _link.StartAsync('a',
            Options with { ExcludedAddresses = [VirtualAddress.Parse("10.91.0.101/24") with { Track = false }] });
        await Expect(() => _link.Holds('a', "10.91.0.101"), "the master has the address");
        _link.Ip('a', "address delete 10.91.0.101/24 dev eth0");
        await Task.Delay(300);
        Assert.That(a.Routers[0].Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task FlappingMaster_OwnRemovals_AreNotTakenForOthers()
    {
        var a = await _link.StartAsync('a', Options);
        var router = a.Routers[0];
        for (var i = 1; i <= 5; i++)
        {
            await Expect(() => router.State == VrrpState.Master && _link.Holds('a', Vip), $"master the {i}. time");
            Assert.That(router.Statistics.BecameMaster, Is.EqualTo(i));
            router.SetFault(7, true);
            router.SetFault(7, false);
            await Expect(() => router.Statistics.ReleasedMaster == i, "the fault is seen");
        }
    }

    [Test]
    public async Task Interface_VanishesAndReturns_RouterRecovers()
    {
        _link.Ip('a', "link add extra0 type veth peer name extra1", "link set extra1 up", "link set extra0 up",
            "address add 10.93.0.1/24 dev extra0");
        var a = await _link.StartAsync('a', Options with { Interface = "extra0", Addresses = [VirtualAddress.Parse("10.93.0.100/24")] });
        await Expect(a.Routers[0], VrrpState.Master);
        _link.Ip('a', "link delete extra0");
        await Expect(a.Routers[0], VrrpState.Fault);
        _link.Ip('a', "link add extra0 type veth peer name extra1", "address add 10.93.0.1/24 dev extra0", "link set extra1 up",
            "link set extra0 up");
        await Expect(
            () => a.Routers[0].State == VrrpState.Master && _link.Holds('a', "10.93.0.100", "extra0"), "master on the new interface");
    }

    [Test]
    public async Task SourceAddress_Changes_IsFollowed()
    {
        // A /32, as the kernel removes the other addresses of a subnet with the first.
        var options = Options with { Addresses = [VirtualAddress.Parse(Vip)] };
        var a = await _link.StartAsync('a', options);
        var b = await _link.StartAsync('b', options with { Priority = 100 });
        await Expect(() => b.Routers[0].MasterAddress == InetAddress.Parse("10.91.0.1"), "the backup knows the master");
        _link.Ip('a', "address add 10.94.0.7/24 dev eth0", "address delete 10.91.0.1/24 dev eth0");
        await Expect(() => a.Routers[0].SourceAddress == InetAddress.Parse("10.94.0.7"), "the master sends from its other address");
        await Expect(() => b.Routers[0].MasterAddress == InetAddress.Parse("10.94.0.7"), "the backup hears it");
    }

    [Test]
    public async Task SourceAddress_LastOneGone_IsFaultUntilThereIsAnother()
    {
        var a = await _link.StartAsync('a', Options);
        await Expect(a.Routers[0], VrrpState.Master);
        _link.Ip('a', "address flush dev eth0 scope global");
        await Expect(a.Routers[0], VrrpState.Fault);
        _link.Ip('a', "address add 10.91.0.9/24 dev eth0");
        await Expect(a.Routers[0], VrrpState.Master);
        Assert.That(a.Routers[0].SourceAddress, Is.EqualTo(InetAddress.Parse("10.91.0.9")));
    }

    [Test]
    public void Start_MissingInterface_SaysWhich() =>
        Assert.That(
            () => _link.StartAsync('a', Options with { Interface = "nosuch0" }),
            Throws.TypeOf<InterfaceNotFoundException>().With.Message.Contains("nosuch0").And.Message.Contains("web"));

    [Test]
    public async Task Start_DynamicInterface_WaitsForIt()
    {
        var a = await _link.StartAsync('a', new VrrpEngineOptions { DynamicInterfaces = true },
            Options with { Interface = "late0", Addresses = [VirtualAddress.Parse("10.93.0.100/24")] });
        Assert.That(a.Routers[0].State, Is.EqualTo(VrrpState.Fault));
        _link.Ip('a', "link add late0 type veth peer name late1", "link set late1 up", "address add 10.93.0.1/24 dev late0",
            "link set late0 up");
        await Expect(a.Routers[0], VrrpState.Master);
    }

    [Test]
    public async Task Start_StartupDelay_NobodyIsMasterBeforeItEnds()
    {
        var a = await _link.StartAsync('a', new VrrpEngineOptions { StartupDelay = TimeSpan.FromSeconds(30) }, Options);
        await Task.Delay(500);
        Assert.That(a.Routers[0].State, Is.EqualTo(VrrpState.Backup));
        a.SetStartupDelay(TimeSpan.Zero);
        await Expect(a.Routers[0], VrrpState.Master);
    }

    [Test]
    public async Task Unicast_WithoutInterface_IsBoundToItsSource()
    {
        var options = Options with { Interface = null, Addresses = [VirtualAddress.Parse(Vip) with { Device = Interface }] };
        var (first, second) = (InetAddress.Parse("10.91.0.1"), InetAddress.Parse("10.91.0.2"));
        var a = await _link.StartAsync('a', options with { SourceAddress = first, Peers = [new VrrpPeer(second)] });
        await Expect(a.Routers[0], VrrpState.Master);
        var b = await _link.StartAsync('b', options with { Priority = 100, SourceAddress = second, Peers = [new VrrpPeer(first, 255)] });
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > 1, "the backup hears the master");
        Assert.That(b.Routers[0].State, Is.EqualTo(VrrpState.Backup));
        Assert.That(b.Routers[0].MasterAddress, Is.EqualTo(first));
    }

    [Test]
    public async Task SourceAddress_TrackedAndGone_IsFault()
    {
        var options = Options with { SourceAddress = InetAddress.Parse("10.91.0.1"), TrackSourceAddress = true };
        var a = await _link.StartAsync('a', options with { Addresses = [VirtualAddress.Parse(Vip)] });
        await Expect(a.Routers[0], VrrpState.Master);
        _link.Ip('a', "address delete 10.91.0.1/24 dev eth0");
        await Expect(a.Routers[0], VrrpState.Fault);
        await Expect(() => !_link.Holds('a', Vip), "the virtual address goes");
        _link.Ip('a', "address add 10.91.0.1/24 dev eth0");
        await Expect(a.Routers[0], VrrpState.Master);
    }

    [Test]
    public async Task SourceAddress_OfUnicastThatTheMachineLacks_IsFaultUntilItIsThere()
    {
        var options = Options with
        {
            SourceAddress = InetAddress.Parse("10.91.0.77"),
            Peers = [new VrrpPeer(InetAddress.Parse("10.91.0.2"))],
            Addresses = [VirtualAddress.Parse(Vip)],
        };
        var a = await _link.StartAsync('a', options);
        await Expect(a.Routers[0], VrrpState.Fault);
        _link.Ip('a', "address add 10.91.0.77/32 dev lo");
        await Expect(a.Routers[0], VrrpState.Master);
        _link.Ip('a', "address delete 10.91.0.77/32 dev lo", "address add 10.91.0.78/24 dev eth0");
        await Expect(() => _link.Holds('a', "10.91.0.78"), "what comes later is there");
        Assert.That(a.Routers[0].State, Is.EqualTo(VrrpState.Master), "nobody tracks it");
    }

    [Test]
    public async Task Meter_Observed_TellsStateAndCounters()
    {
        var a = await _link.StartAsync('a', Options with { Name = "measured" });
        await Expect(a.Routers[0], VrrpState.Master);
        var seen = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Keepalived.Vrrp")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>("router", "measured")))
                seen[instrument.Name] = value;
        });
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.That(seen["vrrp.router.state"], Is.EqualTo(2));
        Assert.That(seen["vrrp.router.priority"], Is.EqualTo(200));
        Assert.That(seen["vrrp.advertisements.sent"], Is.Positive);
        Assert.That(seen["vrrp.transitions.to_master"], Is.EqualTo(1));
        Assert.That(seen, Contains.Key("vrrp.loop.lateness.max"));
    }

    [Test]
    public async Task Stop_NotReleasing_LeavesTheAddress()
    {
        var a = await _link.StartAsync('a', new VrrpEngineOptions { ReleaseOnStop = false }, Options);
        await Expect(() => _link.Holds('a', Vip), "the master has the address");
        await a.StopAsync();
        Assert.That(_link.Holds('a', Vip), Is.True);
        Assert.That(a.Routers, Is.Empty);
    }
}
