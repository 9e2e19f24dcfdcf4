using Keepalived.Daemon.Balancing.Marks;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using static Keepalived.Daemon.Tests.Balancing.Marks.Groups;

namespace Keepalived.Daemon.Tests.Balancing.Marks;

/// <summary>Which marks stand for which groups.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GroupMarksTests
{
    private readonly GroupMarks _marks = new();

    [Test]
    public void Groups_GetOneMarkForEachProtocol_AsTheOriginalCounts()
    {
        var (mixed, four) = (Group("mixed", "10.0.0.1 80", "2001:db8::1 80"), Group("four", "10.0.2.1 53"));
        var servers = new[] { Server(mixed), Server(four, IpvsProtocol.Udp), Server(four, IpvsProtocol.Tcp), Server(Group("marked", "fwmark 5", "10.0.3.1 80")) };
        Use(Using(servers));
        Assert.That(servers.Select(_marks.Find), Is.EqualTo(new uint?[] { 1000, 1001, 1002, null }));

        var added = Server(Group("new", "10.0.4.1 80"));
        Use(Using(servers[0], servers[1], added));
        Assert.That(_marks.Find(servers[1]), Is.EqualTo(1001));
        Assert.That(_marks.Find(added), Is.EqualTo(1003), "the gap is not filled");
        Use(Using(servers) with { Global = new() });
        Assert.That(servers.Select(_marks.Find), Is.All.Null);
    }

    [Test]
    public void Marks_ThatTheConfigurationUses_AreLeftOut()
    {
        var one = Server(Group("one", "10.0.0.1 80"));
        var marked = new[] { 1000u, 1001u }.Select(static mark => BalancerHarness.Service(80) with { IsMark = true, FirewallMark = mark, Address = default });
        Use(Using([one, .. marked]));
        Assert.That(_marks.Find(one), Is.EqualTo(1002));
    }

    [Test]
    public void Marks_OfARunBefore_StayInUse()
    {
        var (one, two) = (Server(Group("one", "10.0.0.1 80")), Server(Group("two", "10.0.0.5-10.0.0.9 80")));
        _marks.Use(Using(one, two), Definitions, [.. Ranges("10.0.0.5-10.0.0.9 80", 1000), .. Ranges("10.0.0.1 80", 7)]);
        Assert.That(_marks.Find(two), Is.EqualTo(1000));
        Assert.That(_marks.Find(one), Is.EqualTo(1001), "7 is below the first");
    }

    [Test]
    public void Ranges_ThatOverlap_BelongToTheFirst()
    {
        var (one, two) = (Server(Group("one", "10.0.0.5-10.0.0.9 80", "10.0.0.6 80", "10.0.0.6 81")), Server(Group("two", "10.0.0.1-10.0.0.20 80", "10.0.0.1 0")));
        Use(Using(one, two));
        Assert.That(
            _marks.Ranges.Select(static range => $"{range} {range.Mark}"),
            Is.EqualTo(new[] { "10.0.0.5-10.0.0.9:80 1000", "10.0.0.6:81 1000", "10.0.0.1-10.0.0.4:80 1001", "10.0.0.10-10.0.0.20:80 1001", "10.0.0.1:0 1001" }));
        Assert.That(_marks.Overlaps.Select(static overlap => $"{overlap.Name} {overlap.Range}"), Is.EqualTo(new[] { "[two]:0 10.0.0.5-10.0.0.9:80" }));
    }

    [Test]
    public void DisjointRanges_OfRandomRanges_CoverWhatTheyCoverAndNothingTwice()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var disjoint = new DisjointRanges();
            var owners = new uint[64];
            List<MarkRange> parts = [];
            for (uint mark = 1; mark < 12; mark++)
            {
                var first = random.Next(owners.Length);
                var last = Math.Min(owners.Length - 1, first + random.Next(20));
                for (var i = first; i <= last; i++)
                    owners[i] = owners[i] == 0 ? mark : owners[i];
                parts.AddRange(disjoint.Add(new MarkRange(IpvsProtocol.Tcp, At(first), At(last), 80, mark), static _ => { }));
            }

            for (var i = 0; i < owners.Length; i++)
                Assert.That(parts.Where(part => part.First <= At(i) && At(i) <= part.Last).Select(static part => part.Mark), owners[i] == 0 ? Is.Empty : Is.EqualTo(new[] { owners[i] }));
        }

        static InetAddress At(int number) => InetAddress.FromIPv4(0x0afffff0u + (uint)number); // across a byte's end
    }

    private static IEnumerable<MarkRange> Ranges(string entry, uint mark) => Group("", entry).Entries
        .Select(range => new MarkRange(IpvsProtocol.Tcp, range.First, range.Last, range.Port, mark));

    private void Use(KeepalivedConfiguration configuration) => _marks.Use(configuration, configuration.Global.NftablesIpvs, []);
}
