using CsCheck;
using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests;

public sealed class IpvsReconcilerTests
{
    private static readonly IpvsServiceKey Web = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);
    private static readonly IpvsDestination Server = new() { Address = InetAddress.Parse("192.0.2.10"), Port = 8080 };
    private static readonly IpvsTable Desired = new([new IpvsTableEntry(new IpvsService { Key = Web }, [Server])]);

    [Test]
    public Task Reconcile_FromAnyTableToAnyOther_ArrivesThere_AndThenDoesNothing() =>
        Gen.Select(Generate.Table, Generate.Table).SampleAsync(async (before, after) =>
        {
            await using var kernel = new KernelModel();
            var reconciler = new IpvsReconciler(kernel.Client);
            Assert.That((await reconciler.ReconcileAsync(before)).Succeeded, Is.True);
            await AssertTableIs(kernel, before);
            kernel.Changes.Clear();

            var plan = IpvsPlan.Create(after, await kernel.Client.GetTableAsync());
            var done = await reconciler.ReconcileAsync(after);
            Assert.That((done.Succeeded, done.Attempts, done.Applied), Is.EqualTo((true, 1, plan.Operations.Count)));
            Assert.That(kernel.Changes, Is.EqualTo(plan.Operations.Select(operation => operation.Command)));
            await AssertTableIs(kernel, after);
            kernel.Changes.Clear();

            Assert.That((await reconciler.ReconcileAsync(after)).Applied, Is.Zero);
            Assert.That(kernel.Changes, Is.Empty);
        }, iter: 150);

    [Test]
    public async Task Reconcile_FromWhatIsKnown_ReadsNothing()
    {
        await using var kernel = new KernelModel();
        var reconciler = new IpvsReconciler(kernel.Client);
        await reconciler.ReconcileAsync(Desired);
        var reads = kernel.Reads;
        var next = new IpvsTable([new IpvsTableEntry(new IpvsService { Key = Web }, [Server with { Weight = 4 }])]);
        var done = await reconciler.ReconcileFromAsync(Desired, next);
        Assert.That((done.Applied, done.Attempts, kernel.Reads), Is.EqualTo((1, 1, reads)));
        await AssertTableIs(kernel, next);
    }

    [Test]
    public async Task Reconcile_FromWhatIsKnownAndWrong_ReadsAndRepairs()
    {
        await using var kernel = new KernelModel();
        var reconciler = new IpvsReconciler(kernel.Client);
        await reconciler.ReconcileAsync(Desired);
        await kernel.Client.FlushAsync();
        var next = new IpvsTable([new IpvsTableEntry(new IpvsService { Key = Web }, [Server with { Weight = 4 }])]);
        var done = await reconciler.ReconcileFromAsync(Desired, next);
        Assert.That((done.Succeeded, done.Attempts), Is.EqualTo((true, 2)));
        await AssertTableIs(kernel, next);
    }

    [Test]
    public async Task Reconcile_FromWhatIsKnownWhileDraining_ReadsTheConnections()
    {
        await using var kernel = new KernelModel { ActiveConnections = 1 };
        var quiet = new IpvsTable([new IpvsTableEntry(new IpvsService { Key = Web }, [Server with { Weight = 0 }])]);
        var reconciler = new IpvsReconciler(
            kernel.Client, new IpvsReconcilerOptions { Plan = new IpvsPlanOptions { Removal = IpvsRemoval.Drain } });
        await reconciler.ReconcileAsync(quiet);
        var done = await reconciler.ReconcileFromAsync(quiet, IpvsTable.Empty);
        Assert.That((done.Applied, done.DrainingCount), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Service_ThatTheKernelRefuses_LeavesTheRestRunning()
    {
        await using var kernel = new KernelModel();
        var other = IpvsServiceKey.ForMark(5);
        var table = new IpvsTable(
        [
            new IpvsTableEntry(new IpvsService { Key = Web, Scheduler = "nosuch" }, [Server]),
            new IpvsTableEntry(new IpvsService { Key = other }, [Server]),
        ]);
        var done = await new IpvsReconciler(kernel.Client).ReconcileAsync(table);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((done.Succeeded, done.Attempts, done.Applied), Is.EqualTo((false, 1, 2)));
            Assert.That(done.Failures.Single(failure => !failure.IsConsequence).Error.Message, Does.Contain("ip_vs_nosuch"));
            Assert.That((await kernel.Client.GetTableAsync()).Single().Service.Key, Is.EqualTo(other));
        }
    }

    [Test]
    public async Task Answer_ThatWasLost_IsNotAssumed_TheTableIsReadAgain()
    {
        var lost = 0;
        await using var kernel = new KernelModel();
        kernel.LosesAnswerOf = command => command == IpvsCommand.NewDestination && lost++ == 0;
        var done = await new IpvsReconciler(kernel.Client).ReconcileAsync(Desired);
        Assert.That((done.Succeeded, done.Attempts), Is.EqualTo((true, 2)));
        await AssertTableIs(kernel, Desired);
    }

    [Test]
    public async Task Table_ThatSomebodyElseChangesMeanwhile_IsReadAgain()
    {
        await using var kernel = new KernelModel();
        var client = kernel.Client;
        await client.AddServiceAsync(new IpvsService { Key = Web, Scheduler = "rr" });
        var first = true;
        kernel.Fault = command =>
        {
            if (command != IpvsCommand.SetService || !first)
                return null;
            first = false;
            return Errno.ESRCH;
        };
        var done = await new IpvsReconciler(client).ReconcileAsync(Desired);
        Assert.That((done.Succeeded, done.Attempts), Is.EqualTo((true, 2)));
        await AssertTableIs(kernel, Desired);
    }

    [Test]
    public async Task Table_ThatNeverHolds_IsGivenUpAndReported()
    {
        await using var kernel = new KernelModel { Fault = command => command == IpvsCommand.NewService ? Errno.EEXIST : null };
        var done = await new IpvsReconciler(kernel.Client, new IpvsReconcilerOptions { MaxAttempts = 4 }).ReconcileAsync(Desired);
        Assert.That((done.Succeeded, done.Attempts), Is.EqualTo((false, 4)));
        Assert.That(done.Failures[0].Error.IsExists, Is.True);
    }

    [Test]
    public async Task Drain_IsOverWhenConnectionsHaveEnded()
    {
        await using var kernel = new KernelModel();
        var reconciler = new IpvsReconciler(
            kernel.Client, new IpvsReconcilerOptions { Plan = new IpvsPlanOptions { Removal = IpvsRemoval.Drain } });
        await reconciler.ReconcileAsync(Desired);
        kernel.ActiveConnections = 2;
        var done = await reconciler.ReconcileAsync(IpvsTable.Empty);
        Assert.That((done.Applied, done.DrainingCount), Is.EqualTo((1, 1)));
        done = await reconciler.ReconcileAsync(IpvsTable.Empty);
        Assert.That((done.Applied, done.DrainingCount), Is.EqualTo((0, 1)));
        kernel.ActiveConnections = 0;
        done = await reconciler.ReconcileAsync(IpvsTable.Empty);
        Assert.That((done.Applied, done.DrainingCount), Is.EqualTo((1, 0)));
        Assert.That(await kernel.Client.GetServicesAsync(), Is.Empty);
    }

    [Test]
    public async Task Kernel_WithoutIpvs_IsAnException()
    {
        await using var kernel = new KernelModel { HasIpvs = false };
        Assert.That(
            () => new IpvsReconciler(kernel.Client).ReconcileAsync(Desired),
            Throws.InstanceOf<NetlinkException>().With.Message.Contains("ip_vs"));
    }

    private static async Task AssertTableIs(KernelModel kernel, IpvsTable expected)
    {
        var actual = (await kernel.Client.GetTableAsync()).ToDictionary(entry => entry.Service.Key);
        Assert.That(actual, Has.Count.EqualTo(expected.Entries.Count));
        foreach (var entry in expected.Entries)
        {
            Assert.That(actual[entry.Service.Key].Service, Is.EqualTo(entry.Service));
            Assert.That(
                actual[entry.Service.Key].Destinations.Select(destination => destination.Destination), Is.EquivalentTo(entry.Destinations));
        }
    }
}
