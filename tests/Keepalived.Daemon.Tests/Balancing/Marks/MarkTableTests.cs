using System.Diagnostics;
using Keepalived.Daemon.Balancing.Marks;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Nftables;
using static Keepalived.Daemon.Tests.Balancing.Marks.Groups;

namespace Keepalived.Daemon.Tests.Balancing.Marks;

/// <summary>Marks in the packet filter of a real kernel, with the nft program for a judge.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MarkTableTests
{
    private readonly string _namespace = $"kdn-marks-{Environment.ProcessId}-{Guid.NewGuid():N}"[..28];
    private readonly BalancerHarness _harness = new();
    private readonly LoopHarness _loop = new();
    private MarkTable? _table;

    [SetUp]
    public async Task MakeNamespace()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make a network namespace");
        Assume.That(File.Exists("/usr/sbin/nft"), "needs nft (Debian package nftables)");
        Run("ip", "netns", "add", _namespace);
        await using var client = Open(new NetlinkConnectionOptions());
        try
        {
            var transaction = new NftTransaction();
            transaction.RemoveTable(NftFamily.IPv4, "kdn");
            await client.CommitAsync(transaction);
        }
        catch (NetlinkException e)
        {
            Assert.Inconclusive($"this kernel has no nf_tables of IPv4: {e.Message}");
        }

        _table = new MarkTable(Open, _loop.Loop, _harness.Logs);
        _harness.OpenFilter = Open;
    }

    [TearDown]
    public async Task Clean()
    {
        if (_table is not null)
            await Call(async () => await _table.DisposeAsync());
        _harness.Dispose();
        _loop.Dispose();
        if (Environment.IsPrivilegedProcess)
            Process.Start("ip", ["netns", "delete", _namespace])?.WaitForExit();
    }

    [Test]
    public async Task Tables_LookAsTheOriginalMakesThem([Values] bool counts)
    {
        await UseAsync(counts, "10.0.0.1 80", "10.0.0.5-10.0.0.9 81", "2001:db8::10-2001:db8::2f 81");
        var counter = counts ? "counter packets 0 bytes 0 " : "";
        Assert.That(Rules(), Is.EqualTo(string.Join(' ', $$"""
            table ip kdn { map tcp_map { type ipv4_addr . inet_service : mark flags interval {{(counts ? "counter " : "")}}elements = {
            10.0.0.1 . 80 {{counter}}: 0x000003e8, 10.0.0.5-10.0.0.9 . 81 {{counter}}: 0x000003e8 } }
            chain in { type filter hook input priority filter - 1; policy accept; meta mark set ip daddr . tcp dport map @tcp_map {{counter}}return } }
            table ip6 kdn { map tcp_map { type ipv6_addr . inet_service : mark flags interval {{(counts ? "counter " : "")}}elements = {
            2001:db8::10-2001:db8::2f . 81 {{counter}}: 0x000003e8 } }
            chain in { type filter hook input priority filter - 1; policy accept; meta mark set ip6 daddr . tcp dport map @tcp_map {{counter}}return } }
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }

    [Test]
    public async Task Change_OfOneEntry_LeavesTheOthersWithTheirCounts()
    {
        await UseAsync(true, "10.0.0.1 80", "10.0.0.5-10.0.0.9 81", "10.0.0.20 80");
        var handle = Handle();
        await UseAsync(true, "10.0.0.1 80", "10.0.0.5-10.0.0.10 81", "10.0.0.30 80");
        Assert.That(Rules(), Does.Contain("10.0.0.5-10.0.0.10 . 81").And.Contains("10.0.0.30 . 80").And.Not.Contains("10.0.0.20"));
        Assert.That(Handle(), Is.EqualTo(handle), "the same table");
        await UseAsync(true, "10.0.0.1 80", "10.0.0.1 0", "10.0.0.1 443");
        Assert.That(Rules(), Does.Contain("10.0.0.1 . 0-65535").And.Contains("10.0.0.1 . 443"));
        await Task.Delay(100);
        Assert.That(_harness.Logs.ToString(), Is.Empty, "our own deletions are no damage");
    }

    [Test]
    public async Task Tables_ThatOthersDelete_AreMadeAgain()
    {
        await UseAsync(false, "10.0.0.1 80");
        var before = Rules();
        Run("ip", "netns", "exec", _namespace, "nft", "flush", "ruleset");
        Assert.That(Rules, Is.EqualTo(before).After(10_000, 50));
        Assert.That(_harness.Logs.Count("changed by others"), Is.EqualTo(1));
        await Call(_table!.RemoveAsync);
        Assert.That(Rules(), Is.Empty);
    }

    [Test]
    public async Task Read_AfterUse_GivesTheSame()
    {
        var layout = await UseAsync(true, "10.0.0.1 80", "10.0.0.5-10.0.0.9 0", "2001:db8::1 80");
        var read = await Call(() => _table!.ReadAsync(layout));
        var marks = new GroupMarks();
        marks.Use(Using(Server(Group("g", "10.0.0.1 80", "10.0.0.5-10.0.0.9 0", "2001:db8::1 80"))), Definitions, []);
        Assert.That(read, Is.EquivalentTo(marks.Ranges));
    }

    [Test]
    public void Balancer_HasOneServiceForAGroup_AndItsSuccessorTheSame()
    {
        var (one, two, three) = (Server(Group("one", "10.0.0.1-10.0.0.200 80")), Server(Group("two", "10.0.1.1 80")), Server(Group("three", "10.0.2.1 80")));
        _harness.Start(Using(one, two));
        Assert.That(_harness.Table(), Is.EqualTo("FWM 1000: 198.51.100.1:80=1; FWM 1001: 198.51.100.1:80=1"));
        _harness.Reload(Using(two, three));
        Assert.That(_harness.Table(), Is.EqualTo("FWM 1001: 198.51.100.1:80=1; FWM 1002: 198.51.100.1:80=1"));
        var rules = Rules();
        _harness.Start(Using(two, three), isRestart: true);
        Assert.That((_harness.Changes, Rules()), Is.EqualTo(("", rules)));
        _harness.Stop();
        Assert.That((_harness.Table(), Rules()), Is.EqualTo(("", "")));
    }

    private async Task<MarkLayout> UseAsync(bool counts, params string[] entries)
    {
        var marks = new GroupMarks();
        marks.Use(Using(Server(Group("g", entries))), Definitions, []);
        var layout = new MarkLayout(Definitions, counts);
        Assert.That(await Call(() => _table!.UseAsync(layout, marks.Ranges)), Is.True, _harness.Logs.ToString());
        await Call(async () =>
        {
            await _table!.TrimAsync();
            return 0;
        });
        return layout;
    }

    private NftablesClient Open(NetlinkConnectionOptions options)
    {
        using var inside = NetworkNamespace.Open(_namespace);
        return NftablesClient.Open(
            _loop.Loop, new NetlinkSocketOptions { NetworkNamespace = inside, Groups = [NftablesClient.NotificationGroup] }, options);
    }

    private Task<T> Call<T>(Func<Task<T>> function) => _loop.Call(function).WaitAsync(TimeSpan.FromSeconds(30));

    private Task Call(Func<Task> function) => _loop.Call(function).WaitAsync(TimeSpan.FromSeconds(30));

    private string Rules() => string.Join(
        ' ', Run("ip", "netns", "exec", _namespace, "nft", "list", "ruleset").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private string Handle() =>
        Run("ip", "netns", "exec", _namespace, "nft", "-a", "list", "tables").Split('\n', StringSplitOptions.RemoveEmptyEntries)[0];

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, process.StandardError.ReadToEnd());
        return output;
    }
}
