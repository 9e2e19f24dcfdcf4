using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Ipvs;
using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>The threads of the kernel that keep two directors' connections alike.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SyncDaemonsTests
{
    private static readonly LvsSyncDaemonConfiguration Wanted = new() { Interface = "eth0", SyncId = 5 };

    private readonly KernelModel _kernel = new();
    private readonly BalancerHarness.LogLines _logs = new();

    [TearDown]
    public async Task Clean() => await _kernel.DisposeAsync();

    [Test]
    public async Task Use_ThenNoMore_RunsAndEndsThem()
    {
        var daemons = new SyncDaemons(_kernel.Client, _logs);
        await daemons.UseAsync(Wanted, IpvsSyncRole.Master, IpvsSyncRole.Backup);
        Assert.That(await PresentAsync(), Is.EqualTo("Master eth0 5; Backup eth0 5"));
        await daemons.UseAsync(Wanted, IpvsSyncRole.Backup);
        Assert.That(await PresentAsync(), Is.EqualTo("Backup eth0 5"));
        await daemons.UseAsync(null);
        Assert.That(await PresentAsync(), Is.Empty);
    }

    [TestCase(IpvsCommand.NewDaemon)]
    [TestCase(IpvsCommand.DeleteDaemon)]
    [TestCase(IpvsCommand.GetDaemon)]
    public async Task Answer_ThatIsLost_IsMadeGoodFromWhatRuns(IpvsCommand command)
    {
        var lost = 0;
        _kernel.LosesAnswerOf = sent => sent == command && lost++ == 0;
        var daemons = new SyncDaemons(_kernel.Client, _logs);
        await daemons.UseAsync(Wanted, IpvsSyncRole.Master);
        await daemons.UseAsync(Wanted, IpvsSyncRole.Backup);
        Assert.That(await PresentAsync(), Is.EqualTo("Backup eth0 5"));
        Assert.That((lost > 0, _logs.ToString()), Is.EqualTo((true, "")));
    }

    [Test]
    public async Task Refusal_IsSaid()
    {
        _kernel.Fault = static command => command == IpvsCommand.NewDaemon ? Errno.ENODEV : null;
        await new SyncDaemons(_kernel.Client, _logs).UseAsync(Wanted, IpvsSyncRole.Master);
        Assert.That(_logs.Count("ENODEV"), Is.EqualTo(1));
    }

    private async Task<string> PresentAsync() => string.Join(
        "; ", (await _kernel.Client.GetDaemonsAsync()).Select(static daemon => $"{daemon.Role} {daemon.Interface} {daemon.SyncId}"));
}
