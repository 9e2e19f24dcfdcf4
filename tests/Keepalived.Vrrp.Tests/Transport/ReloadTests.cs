using Keepalived.Vrrp.Tests.Core;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>New options for a running engine.</summary>
[NonParallelizable]
public sealed class ReloadTests
{
    private static readonly VirtualRouterOptions First = new()
    {
        Name = "first",
        VirtualRouterId = 51,
        Interface = Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(100),
        Addresses = [VirtualAddress.Parse("10.91.0.100/24")],
    };

    private static readonly VirtualRouterOptions Second = First with
    {
        Name = "second",
        VirtualRouterId = 52,
        Addresses = [VirtualAddress.Parse("10.91.0.101/24")],
    };

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [Test]
    public async Task Apply_EqualOptions_TouchesNothing()
    {
        var a = await _link.StartAsync('a', First, Second);
        var router = a.Routers[0];
        await Expect(router, VrrpState.Master);
        var b = await _link.StartAsync('b', First with { Priority = 100 });
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > 0, "the backup hears the master");
        for (var i = 0; i < 20; i++)
        {
            await a.ApplyAsync([First, Second with { Priority = (byte)(100 + i) }]);
            await Task.Delay(30);
        }

        Assert.That(a.Routers[0], Is.SameAs(router));
        Assert.That(router.Statistics.BecameMaster, Is.EqualTo(1));
        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
        Assert.That(b.Routers[0].State, Is.EqualTo(VrrpState.Backup));
        Assert.That(b.Routers[0].Statistics.BecameMaster, Is.Zero);
    }

    [Test]
    public async Task Apply_KeysRolledOver_MovesNothing()
    {
        var hmac = TestKeys.Hmac();
        var a = await _link.StartAsync('a', First with { Hmac = hmac });
        await Expect(a.Routers[0], VrrpState.Master);
        var b = await _link.StartAsync('b', First with { Priority = 100, Hmac = hmac });
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > 0, "the backup hears the master");
        VrrpHmacOptions[] steps =
        [
            hmac with { Keys = [TestKeys.First, TestKeys.Second] },
            hmac with { Keys = [TestKeys.First, TestKeys.Second], ActiveKeyId = 2 },
            hmac with { Keys = [TestKeys.Second], ActiveKeyId = 2 },
        ];
        foreach (var step in steps)
        {
            await a.ApplyAsync([First with { Hmac = step }]);
            await b.ApplyAsync([First with { Priority = 100, Hmac = step }]);
            var heard = b.Routers[0].Statistics.AdvertisementsReceived;
            await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > heard + 3, "the backup hears the master");
        }

        Assert.That(a.Routers[0].Statistics.ReleasedMaster + b.Routers[0].Statistics.BecameMaster, Is.Zero);
        Assert.That(b.Routers[0].Statistics.TotalDiscarded, Is.Zero);
    }

    /// <summary>Authentication headers are another IP protocol: the socket changes, too.</summary>
    [Test]
    public async Task Apply_AuthenticationHeader_IsSpokenAndHeard()
    {
        var plain = First with { Version = VrrpVersion.V2, AdvertisementInterval = TimeSpan.FromSeconds(1) };
        var signed = plain with { Authentication = VrrpAuthentication.AuthenticationHeader("s3cret") };
        var a = await _link.StartAsync('a', plain);
        await Expect(a.Routers[0], VrrpState.Master);
        var b = await _link.StartAsync('b', plain with { Priority = 100 });
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > 0, "the backup hears the master");

        await a.ApplyAsync([signed]);
        await b.ApplyAsync([signed with { Priority = 100 }]);

        var heard = b.Routers[0].Statistics.AdvertisementsReceived;
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > heard + 1, "the backup hears the master");
        Assert.That((a.Routers[0].State, b.Routers[0].State), Is.EqualTo((VrrpState.Master, VrrpState.Backup)));
    }

    [Test]
    public async Task Apply_OtherAddresses_MasterKeepsMastershipAndAddsBeforeRemoving()
    {
        var a = await _link.StartAsync('a', First);
        await Expect(() => _link.Holds('a', "10.91.0.100"), "the first address is there");
        var router = a.Routers[0];
        var changed = First with
        {
            Name = "renamed",
            Addresses = [VirtualAddress.Parse("10.91.0.102/24")],
            ExcludedAddresses = [VirtualAddress.Parse("10.91.0.103/24")],
        };
        await a.ApplyAsync([changed]);
        await Expect(
            () => _link.Holds('a', "10.91.0.102") && _link.Holds('a', "10.91.0.103") && !_link.Holds('a', "10.91.0.100"),
            "the addresses changed");
        Assert.That(a.Routers[0], Is.SameAs(router));
        Assert.That(router.Name, Is.EqualTo("renamed"));
        Assert.That(router.State, Is.EqualTo(VrrpState.Master));
        Assert.That(router.Statistics.BecameMaster, Is.EqualTo(1));
    }

    [Test]
    public async Task Apply_OtherLabelOfSameAddress_ReplacesIt()
    {
        var a = await _link.StartAsync('a', First);
        await Expect(() => _link.Holds('a', "10.91.0.100"), "the address is there");
        await a.ApplyAsync([First with { Addresses = [First.Addresses[0] with { Label = "eth0:x" }] }]);
        await Expect(() => (string?)_link.Address('a', "10.91.0.100")?["label"] == "eth0:x", "the label changed");
        Assert.That(a.Routers[0].Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task Apply_WithoutRouter_ItLeavesCleanly()
    {
        var a = await _link.StartAsync('a', First, Second);
        var first = a.Routers[0];
        await Expect(() => _link.Holds('a', "10.91.0.100") && _link.Holds('a', "10.91.0.101"), "both addresses are there");
        var b = await _link.StartAsync('b', First with { Priority = 100 });
        await Expect(() => b.Routers[0].Statistics.AdvertisementsReceived > 0, "the backup hears the master");
        await a.ApplyAsync([Second]);
        Assert.That(_link.Holds('a', "10.91.0.100"), Is.False, "its address is gone when ApplyAsync returns");
        Assert.That(first.State, Is.EqualTo(VrrpState.Initialize));
        Assert.That(a.Routers.Select(router => router.Name), Is.EqualTo(new[] { "second" }));
        await Expect(b.Routers[0], VrrpState.Master);
        Assert.That(b.Routers[0].Statistics.PriorityZeroReceived, Is.EqualTo(1));
        Assert.That(_link.Holds('a', "10.91.0.101"), Is.True);
    }

    [Test]
    public async Task Apply_AddressMovesBetweenMasters_IsNotTakenForLost()
    {
        var a = await _link.StartAsync('a', First, Second);
        await Expect(() => _link.Holds('a', "10.91.0.100") && _link.Holds('a', "10.91.0.101"), "both addresses are there");
        await a.ApplyAsync([First with { ExcludedAddresses = Second.Addresses }]);
        await Expect(() => _link.Holds('a', "10.91.0.101"), "the address has moved");
        await Task.Delay(200);
        Assert.That(_link.Holds('a', "10.91.0.101"), Is.True);
        Assert.That(a.Routers[0].Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task Apply_Mistake_ChangesNothing()
    {
        var a = await _link.StartAsync('a', First);
        await Expect(() => _link.Holds('a', "10.91.0.100"), "the address is there");
        Assert.That(
            () => a.ApplyAsync([Second, Second with { Name = "third", Interface = "nosuch0" }]), Throws.TypeOf<InterfaceNotFoundException>());
        Assert.That(() => a.ApplyAsync([Second, Second]), Throws.ArgumentException);
        Assert.That(a.Routers.Select(router => router.Name), Is.EqualTo(new[] { "first" }));
        Assert.That(a.Routers[0].State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public async Task Apply_AfterInterfacesMayBeMissing_WaitsForThem()
    {
        var a = await _link.StartAsync('a', First);
        await a.SetOptionsAsync(new VrrpEngineOptions { DynamicInterfaces = true });
        await a.ApplyAsync([First, Second with { Name = "third", Interface = "nosuch0" }]);
        Assert.That(a.Find("third")!.State, Is.EqualTo(VrrpState.Fault));

        await a.SetOptionsAsync(new VrrpEngineOptions());
        Assert.That(
            () => a.ApplyAsync([First, Second with { Name = "fourth", Interface = "nosuch1" }]), Throws.TypeOf<InterfaceNotFoundException>());
    }

    [Test]
    public async Task Apply_OtherPriority_ReplacesTheOneThatWasSet()
    {
        var a = await _link.StartAsync('a', First);
        a.Routers[0].SetPriority(150);
        await Expect(() => a.Routers[0].Priority == 150, "the priority is the one set");
        await a.ApplyAsync([First with { SkipAddressCheckOfMaster = true }]);
        Assert.That(a.Routers[0].Priority, Is.EqualTo(150), "other options leave it alone");
        await a.ApplyAsync([First with { Priority = 120 }]);
        Assert.That(a.Routers[0].Priority, Is.EqualTo(120));
    }

    [Test]
    public async Task AddAndStop_OneRouter_OthersGoOn()
    {
        var a = await _link.StartAsync('a', First);
        var second = await a.AddAsync(Second);
        await Expect(() => _link.Holds('a', "10.91.0.101"), "the address of the second is there");
        await second.StopAsync();
        Assert.That(_link.Holds('a', "10.91.0.101"), Is.False);
        await Expect(() => _link.Holds('a', "10.91.0.100"), "the address of the first is there");
    }

    [Test]
    public async Task Watch_FromStartToEnd_TellsAllInOrder()
    {
        var seen = new List<string>();
        var observed = new List<string>();
        var engine = await _link.StartAsync('a', new VrrpEngineOptions { Observer = happened => observed.Add(Describe(happened)) }, First);
        var router = engine.Routers[0];
        var watch = Task.Run(async () =>
        {
            await foreach (var happened in router.WatchAsync())
                seen.Add(Describe(happened));
        });
        await Expect(router, VrrpState.Master);
        router.SetPriority(150);
        await Expect(() => router.Priority == 150, "the priority changed");
        await engine.StopAsync();
        await watch.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.That(observed, Is.EqualTo(new[]
        {
            "Snapshot Initialize 200", "StateChanged Backup 200", "StateChanged Master 200", "PriorityChanged Master 150",
            "Stopped Initialize 150",
        }));
        Assert.That(seen[0], Does.StartWith("Snapshot"));
        Assert.That(seen[^1], Is.EqualTo("Stopped Initialize 150"));
        Assert.That(observed, Is.SupersetOf(seen.Skip(1)));
    }

    private static string Describe(VirtualRouterEvent happened) => $"{happened.Kind} {happened.State} {happened.Priority}";
}
