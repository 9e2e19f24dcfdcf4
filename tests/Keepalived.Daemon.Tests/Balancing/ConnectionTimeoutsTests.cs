using Keepalived.Daemon.Balancing;
using Keepalived.Ipvs;
using Keepalived.Ipvs.Tests.Support;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>The timeouts of the kernel, which are put back whoever died meanwhile.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConnectionTimeoutsTests
{
    private static readonly IpvsTimeouts Wanted = new() { Tcp = TimeSpan.FromSeconds(111), Udp = TimeSpan.FromSeconds(222) };

    private readonly KernelModel _kernel = new();
    private readonly BalancerHarness.LogLines _logs = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("kdn-").FullName;

    private string Journal => Path.Combine(_folder, "checkers.timeouts");

    [TearDown]
    public async Task Clean()
    {
        await _kernel.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Set_ThenNoMore_ArePutBack()
    {
        var timeouts = Make();
        await timeouts.UseAsync(null);
        Assert.That(_kernel.Changes, Is.Empty);
        await timeouts.UseAsync(Wanted);
        Assert.That(await Present(), Is.EqualTo("tcp 111 tcpfin 120 udp 222"));
        await timeouts.UseAsync(new IpvsTimeouts { TcpFin = TimeSpan.FromSeconds(5) });
        Assert.That(await Present(), Is.EqualTo("tcp 900 tcpfin 5 udp 300"));
        await timeouts.UseAsync(null);
        Assert.That(await Present(), Is.EqualTo("tcp 900 tcpfin 120 udp 300"));
        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    public async Task Answer_ThatIsLost_IsAskedForAgain()
    {
        var lost = 0;
        _kernel.LosesAnswerOf = command => command is IpvsCommand.SetConfig or IpvsCommand.GetConfig && lost++ < 2;
        await Make().UseAsync(Wanted);
        Assert.That(await Present(), Is.EqualTo("tcp 111 tcpfin 120 udp 222"));
        Assert.That((lost > 1, _logs.ToString()), Is.EqualTo((true, "")));
    }

    [Test]
    public async Task Refusal_IsSaid()
    {
        _kernel.Fault = static command => command == IpvsCommand.SetConfig ? Netlink.Errno.EINVAL : null;
        await Make().UseAsync(Wanted);
        Assert.That(_logs.Count("IPVS timeouts: "), Is.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false, Description = "the next run has no lvs_timeouts")]
    public async Task Successor_KnowsWhatWasBefore(bool isConfigured)
    {
        await Make().UseAsync(Wanted);
        _kernel.Changes.Clear();
        var next = Make();
        await next.UseAsync(isConfigured ? Wanted : null);
        Assert.That(_kernel.Changes, isConfigured ? Is.Empty : Is.EqualTo(new[] { IpvsCommand.SetConfig }));
        await next.UseAsync(null);
        Assert.That(await Present(), Is.EqualTo("tcp 900 tcpfin 120 udp 300"));
        Assert.That(File.Exists(Journal), Is.False);
    }

    [TestCase("900 120 300 1 2 3", Description = "others have set them since, or the machine was started again")]
    [TestCase("no numbers")]
    [TestCase("")]
    public async Task Successor_OfSomethingElse_TakesWhatIsThere(string journal)
    {
        await _kernel.Client.SetTimeoutsAsync(new IpvsTimeouts { Tcp = TimeSpan.FromSeconds(77) });
        File.WriteAllText(Journal, journal);
        var timeouts = Make();
        await timeouts.UseAsync(Wanted);
        await timeouts.UseAsync(null);
        Assert.That(await Present(), Is.EqualTo("tcp 77 tcpfin 120 udp 300"));
    }

    [Test]
    public async Task Journal_ThatCannotBeWritten_IsSaid()
    {
        Directory.CreateDirectory(Journal);
        var timeouts = Make();
        await timeouts.UseAsync(Wanted);
        Assert.That(await Present(), Is.EqualTo("tcp 111 tcpfin 120 udp 222"));
        Assert.That(_logs.Count("IPVS timeouts"), Is.EqualTo(1));
    }

    private ConnectionTimeouts Make() => new(_kernel.Client, Journal, _logs);

    private async Task<string> Present() => (await _kernel.Client.GetTimeoutsAsync()).ToString();
}
