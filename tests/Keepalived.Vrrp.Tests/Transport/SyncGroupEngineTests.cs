using Keepalived.Vrrp.Tracking;
using static Keepalived.Vrrp.Tests.Transport.TestLink;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>Two hosts with two links between them: what happens on one link moves the addresses of both.</summary>
[NonParallelizable]
public sealed class SyncGroupEngineTests
{
    private const string Second = "eth1";
    private static readonly VrrpSyncGroupOptions Group = new() { Name = "G", Members = ["outside", "inside"] };

    private static readonly VirtualRouterOptions Outside = new()
    {
        Name = "outside",
        VirtualRouterId = 51,
        Interface = Interface,
        AdvertisementInterval = TimeSpan.FromMilliseconds(100),
        Addresses = [VirtualAddress.Parse("10.91.0.100/24")],
    };

    private static readonly VirtualRouterOptions Inside = Outside with
    {
        Name = "inside",
        VirtualRouterId = 52,
        Interface = Second,
        Addresses = [VirtualAddress.Parse("10.92.0.100/24")],
    };

    private readonly List<string> _told = [];
    private TestLink _link = null!;

    [SetUp]
    public void MakeLinks()
    {
        _told.Clear();
        _link = new TestLink();
        _link.Ip('a', $"link add {Second} type veth peer name {Second} netns {_link.Name('b')}");
        foreach (var station in "ab")
            _link.Ip(station, $"link set {Second} up", $"address add 10.92.0.{station - 'a' + 1}/24 dev {Second}");
    }

    [TearDown]
    public void RemoveLinks() => _link?.Dispose();

    [Test]
    public async Task OneLinkCut_BothRoutersMoveAndComeBack()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => a.SyncGroups[0].State == VrrpState.Master, "a is master");
        var b = await StartAsync('b', 100);
        _link.Ip('a', $"link set {Second} down");
        await Expect(() => b.SyncGroups[0].State == VrrpState.Master, "b takes over");
        await Expect(() => _link.Holds('b', "10.91.0.100") && _link.Holds('b', "10.92.0.100", Second), "b has both addresses");
        Assert.That(_link.Holds('a', "10.91.0.100"), Is.False);
        Assert.That(a.Routers.Select(static router => router.State), Is.All.EqualTo(VrrpState.Fault));

        _link.Ip('a', $"link set {Second} up");
        await Expect(() => a.SyncGroups[0].State == VrrpState.Master, "a is master again");
        await Expect(() => _link.Holds('a', "10.91.0.100") && _link.Holds('a', "10.92.0.100", Second), "a has both addresses");
        await Expect(() => b.SyncGroups[0].State == VrrpState.Backup, "b is backup");
    }

    [Test]
    public async Task Events_ComeInTheOrderOfTheMembersAndTheGroupLast()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => a.SyncGroups[0].State == VrrpState.Master, "a is master");
        await Expect(() => _told.Contains("G Master"), "the group is told");
        await a.StopAsync();
        Assert.That(_told.Take(3), Is.EqualTo(new[] { "G Backup", "outside Backup", "inside Backup" }));
        Assert.That(_told.Skip(3).Take(2), Is.EquivalentTo(new[] { "outside Master", "inside Master" }));
        Assert.That(_told.Skip(5), Is.EqualTo(new[] { "G Master", "outside Stopped", "inside Stopped", "G Stopped" }));
    }

    [Test]
    public async Task WatchAll_HasRoutersAndGroupsWithASnapshotFirst()
    {
        var a = await StartAsync('a', 255);
        await Expect(() => _told.Contains("G Master"), "the group is told");
        var seen = new List<string>();
        await foreach (var happened in a.WatchAllAsync())
        {
            seen.Add($"{happened.GetType().Name} {happened.State}");
            if (seen.Count == 3)
                break;
        }

        Assert.That(seen, Is.EquivalentTo(
            new[] { "VirtualRouterEvent Master", "VirtualRouterEvent Master", "SyncGroupEvent Master" }));
    }

    [Test]
    public async Task Start_AMemberAwaitsAScript_AllWaitForIt()
    {
        var options = new VrrpEngineOptions();
        var tracking = Inside with { Priority = 255, TrackedObjects = [new TrackedObject("script", new TrackerWeight(0))] };
        var a = await _link.StartAsync('a', options, [Group], Outside with { Priority = 255 }, tracking);
        await Task.Delay(300);
        Assert.That(a.Routers.Select(static router => router.State), Is.All.EqualTo(VrrpState.Initialize));
        a.ReportTracked("script", TrackedState.Up);
        await Expect(() => a.SyncGroups[0].State == VrrpState.Master, "all are master");
    }

    [Test]
    public async Task Apply_TheSameGroup_SaysNothingAndKeepsMastership()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => _told.Contains("G Master"), "the group is told");
        _told.Clear();
        await a.ApplyAsync([Outside with { Priority = 201 }, Inside with { Priority = 201 }], [Group]);
        Assert.That(_told.Where(static line => !line.EndsWith("PriorityChanged", StringComparison.Ordinal)), Is.Empty);
        Assert.That(a.Routers.Select(static router => router.Statistics.ReleasedMaster), Is.All.Zero);
    }

    [Test]
    public async Task Apply_WithoutTheGroup_TheRoutersAreOnTheirOwn()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => _told.Contains("G Master"), "the group is told");
        await a.ApplyAsync([Outside with { Priority = 200 }, Inside with { Priority = 200 }]);
        Assert.That(a.SyncGroups, Is.Empty);
        Assert.That(_told[^1], Is.EqualTo("G Removed"));
        _link.Ip('a', $"link set {Second} down");
        await Expect(a.Find("inside")!, VrrpState.Fault);
        Assert.That(a.Find("outside")!.State, Is.EqualTo(VrrpState.Master));
    }

    [Test]
    public async Task Apply_OneMoreMember_TheOthersStayMaster()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => _told.Contains("G Master"), "the group is told");
        _told.Clear();
        var third = Outside with { Name = "third", VirtualRouterId = 53, Priority = 200, Addresses = [VirtualAddress.Parse("10.91.0.103/24")] };
        var wanted = a.Routers.Select(static router => router.Options).Append(third).ToArray();
        await a.ApplyAsync(wanted, [Group with { Members = ["outside", "inside", "third"] }]);
        await Expect(() => a.Find("third")!.State == VrrpState.Master && a.SyncGroups[0].State == VrrpState.Master, "all are master");
        Assert.That(
            a.Routers.Where(static router => router.Name != "third").Select(static router => router.Statistics.ReleasedMaster), Is.All.Zero);
        await Expect(() => _told.Contains("G Master"), "the group is told");
        Assert.That(_told, Is.EqualTo(new[] { "third Backup", "G Backup", "third Master", "G Master" }));
    }

    [Test]
    public async Task Apply_ARouterComesBack_TheOrderIsThatOfTheOptions()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => _told.Contains("G Master"), "the group is told");
        var both = a.Routers.Select(static router => router.Options).ToArray();
        await a.ApplyAsync([both[1]]);
        await a.ApplyAsync(both);
        await Expect(() => a.Routers.All(static router => router.State == VrrpState.Master), "both are master");
        _told.Clear();
        await a.StopAsync();
        Assert.That(_told.Where(static line => line.EndsWith("Stopped", StringComparison.Ordinal)), Is.EqualTo(new[] { "outside Stopped", "inside Stopped" }));
    }

    [Test]
    public async Task Stop_OfOneMember_TheOtherGoesOn()
    {
        var a = await StartAsync('a', 200);
        await Expect(() => a.SyncGroups[0].State == VrrpState.Master, "a is master");
        await a.Find("inside")!.StopAsync();
        Assert.That(a.SyncGroups[0].Options.Members, Is.EqualTo(new[] { "outside" }));
        Assert.That(a.Find("outside")!.State, Is.EqualTo(VrrpState.Master));
    }

    private Task<VrrpEngine> StartAsync(char station, byte priority)
    {
        var options = station != 'a' ? new VrrpEngineOptions() : new VrrpEngineOptions
        {
            Observer = happened => Tell(happened.Kind == VirtualRouterEventKind.Snapshot, happened.Router.Name, happened.Kind switch
            {
                VirtualRouterEventKind.StateChanged => happened.State.ToString(),
                _ => happened.Kind.ToString(),
            }),
            GroupObserver = happened => Tell(happened.Kind == SyncGroupEventKind.Snapshot, happened.Group.Name, happened.Kind switch
            {
                SyncGroupEventKind.StateChanged => happened.State.ToString(),
                _ => happened.Kind.ToString(),
            }),
        };
        return _link.StartAsync(
            station, options, [Group], Outside with { Priority = priority },
            // Without a switch between them b loses its carrier, too, when a's end goes down.
            Inside with { Priority = priority, TrackPrimaryInterface = station == 'a' });
    }

    private void Tell(bool isSnapshot, string name, string what)
    {
        if (!isSnapshot)
            _told.Add($"{name} {what}");
    }
}
