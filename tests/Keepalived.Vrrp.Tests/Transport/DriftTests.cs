using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Somebody else deletes what belongs to a master.</summary>
[NonParallelizable]
public sealed class DriftTests
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
        Routes = [VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("10.91.0.7"))],
        Rules = [VirtualRule.From(InetPrefix.Parse("192.0.2.0/24"), 1000, 100)],
    };

    private static readonly string[] Deletions =
    [
        $"address delete {Vip}/24 dev eth0", "route delete 192.0.2.0/24", "rule delete pref 100",
    ];

    private TestLink _link = null!;

    [SetUp]
    public void MakeLink() => _link = new TestLink();

    [TearDown]
    public void RemoveLink() => _link?.Dispose();

    [TestCaseSource(nameof(Deletions))]
    public async Task Deleted_IsPutBackAtOnceAndTheMasterStays(string deletion)
    {
        var router = await StartMasterAsync(Options);
        for (var i = 0; i < 3; i++)
        {
            _link.Ip('a', deletion);
            await Expect(IsComplete, $"'{deletion}' is undone");
        }

        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
        Assert.That(router.Statistics.PriorityZeroSent, Is.Zero);
    }

    [TestCaseSource(nameof(Deletions))]
    public async Task Deleted_RepairOff_GoesToBackupAndBack(string deletion)
    {
        var router = await StartMasterAsync(Options with { DriftRepair = null });
        _link.Ip('a', deletion);
        await Expect(() => router.Statistics.ReleasedMaster == 1, "the loss is noticed");
        await Expect(() => router.State == VrrpState.Master && IsComplete(), "all is back");
        Assert.That(router.Statistics.BecameMaster, Is.EqualTo(2));
        Assert.That(router.Statistics.PriorityZeroSent, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Deletions))]
    public async Task Deleted_Untracked_IsNoConcern(string deletion)
    {
        var router = await StartMasterAsync(Options with
        {
            Addresses = [Options.Addresses[0] with { Track = false }],
            Routes = [Options.Routes[0] with { Track = false }],
            Rules = [Options.Rules[0] with { Track = false }],
        });
        _link.Ip('a', deletion);
        await Task.Delay(300);
        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
        Assert.That(IsComplete(), Is.False);
    }

    [Test]
    public async Task DeletedAgainAndAgain_GivesUpTheMastership()
    {
        var router = await StartMasterAsync(Options with { DriftRepair = new DriftRepairOptions { MaxAttempts = 2 } });
        for (var i = 0; i < 2; i++)
        {
            _link.Ip('a', Deletions[1]);
            await Expect(IsComplete, "the route is back");
        }

        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
        _link.Ip('a', Deletions[1]);
        await Expect(() => router.Statistics.ReleasedMaster == 1, "the third time is too much");
        Assert.That(router.Statistics.PriorityZeroSent, Is.EqualTo(1));
        await Expect(() => router.State == VrrpState.Master && IsComplete(), "all is back");
    }

    [Test]
    public async Task DeletedSlowly_TheWindowForgets()
    {
        var repair = new DriftRepairOptions { MaxAttempts = 1, Window = TimeSpan.FromMilliseconds(200) };
        var router = await StartMasterAsync(Options with { DriftRepair = repair });
        for (var i = 0; i < 3; i++)
        {
            _link.Ip('a', Deletions[2]);
            await Expect(IsComplete, "the rule is back");
            await Task.Delay(500);
        }

        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task CannotBePutBack_TriesAgainAndThenGivesUpTheMastership()
    {
        _link.Ip('a', "link add extra0 type veth peer name extra1", "link set extra1 up", "link set extra0 up",
            "address add 10.92.0.1/24 dev extra0");
        var repair = new DriftRepairOptions { MaxAttempts = 4, RetryDelay = TimeSpan.FromMilliseconds(100) };
        var router = await StartMasterAsync(Options with
        {
            DriftRepair = repair,
            Routes = [VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("10.92.0.7"))],
        });
        var start = TimeProvider.System.GetTimestamp();
        // The kernel drops the route with the last address of its interface, and says nothing.
        _link.Ip('a', "address delete 10.92.0.1/24 dev extra0");
        await Expect(() => router.Statistics.ReleasedMaster >= 1, "the mastership is given up");
        Assert.That(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, Is.GreaterThan(250), "not before the last attempt");
    }

    [Test]
    public async Task CannotBePutBackAtOnce_ButSoon_TheMasterStays()
    {
        _link.Ip('a', "link add extra0 type veth peer name extra1", "link set extra1 up", "link set extra0 up",
            "address add 10.92.0.1/24 dev extra0");
        var repair = new DriftRepairOptions { MaxAttempts = 50, RetryDelay = TimeSpan.FromMilliseconds(100) };
        var router = await StartMasterAsync(Options with
        {
            DriftRepair = repair,
            Routes = [VirtualRoute.Via(InetPrefix.Parse("192.0.2.0/24"), InetAddress.Parse("10.92.0.7"))],
        });
        // The kernel drops the route with the last address of its interface, and says nothing.
        _link.Ip('a', "address delete 10.92.0.1/24 dev extra0");
        await Task.Delay(300);
        _link.Ip('a', "address add 10.92.0.1/24 dev extra0");
        await Expect(IsComplete, "the route is back");
        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task AllAddressesFlushed_AllComeBack()
    {
        var router = await StartMasterAsync(Options with
        {
            // The source stays, or there is nothing to send from.
            Addresses = [.. Enumerable.Range(100, 20).Select(host => VirtualAddress.Parse($"10.95.0.{host}/24"))],
        });
        _link.Ip('a', "address flush dev eth0 to 10.95.0.0/24");
        await Expect(
            () => Enumerable.Range(100, 20).All(host => _link.Holds('a', $"10.95.0.{host}")), "all addresses are back");
        Assert.That(router.Statistics.ReleasedMaster, Is.Zero);
    }

    [Test]
    public async Task Flapping_OwnRemovals_AreNotTakenForOthers()
    {
        var router = await StartMasterAsync(Options with { DriftRepair = null });
        for (var i = 1; i <= 5; i++)
        {
            await Expect(() => router.State == VrrpState.Master && IsComplete(), $"master the {i}. time");
            Assert.That(router.Statistics.BecameMaster, Is.EqualTo(i));
            router.SetFault(7, true);
            router.SetFault(7, false);
            await Expect(() => router.Statistics.ReleasedMaster == i, "the fault is seen");
        }
    }

    [Test]
    public void Options_WithoutAttempts_AreRefused() => Assert.That(
        (Options with { DriftRepair = new DriftRepairOptions { MaxAttempts = 0 } }).FindErrors(), Has.One.Contains("attempt"));

    private async Task<VirtualRouter> StartMasterAsync(VirtualRouterOptions options)
    {
        var engine = await _link.StartAsync('a', options);
        await Expect(() => engine.Routers[0].State == VrrpState.Master
            && _link.Ours('a').Length == 2 && _link.Holds('a', options.Addresses[^1].Address.ToString()), "the master has everything");
        return engine.Routers[0];
    }

    private bool IsComplete() => _link.Holds('a', Vip) && _link.Ours('a').Length == 2;
}
