using CsCheck;
using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests;

/// <summary>Commands, lists and errors against a kernel in miniature.</summary>
public sealed class IpvsClientTests
{
    private static readonly IpvsServiceKey Web = IpvsServiceKey.Create(IpvsProtocol.Tcp, InetAddress.Parse("192.0.2.1"), 80);
    private static readonly IpvsDestination Server = new() { Address = InetAddress.Parse("192.0.2.10"), Port = 8080 };
    private static readonly IpvsSyncDaemon Master = new() { Role = IpvsSyncRole.Master, Interface = "eth0", SyncId = 7 };

    [Test]
    public async Task Services_AndDestinations_AreAddedChangedListedAndDeleted()
    {
        await using var kernel = new KernelModel();
        var client = kernel.Client;
        var service = new IpvsService { Key = Web };
        await client.AddServiceAsync(service);
        await client.AddDestinationAsync(Web, Server);
        await client.SetServiceAsync(service with { Scheduler = "sh", Flags = IpvsServiceFlags.SourceHashPort });
        await client.SetDestinationAsync(Web, Server with { Weight = 3 });
        var table = await client.GetTableAsync();
        Assert.That(table, Has.Count.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table[0].Service, Is.EqualTo(service with { Scheduler = "sh", Flags = IpvsServiceFlags.SourceHashPort }));
            Assert.That(table[0].Destinations.Single().Destination, Is.EqualTo(Server with { Weight = 3 }));
            Assert.That(table[0].Statistics.IncomingBytes, Is.EqualTo(4 | 1UL << 40));
            Assert.That(await client.GetServiceAsync(Web), Is.EqualTo(table[0] with { Destinations = default }));
        }

        await client.DeleteDestinationAsync(Web, Server.Key);
        Assert.That(await client.GetDestinationsAsync(Web), Is.Empty);
        await client.DeleteServiceAsync(Web);
        Assert.That(await client.GetServicesAsync(), Is.Empty);
    }

    [Test]
    public async Task Enumeration_IsTheTable()
    {
        await using var kernel = new KernelModel();
        foreach (var port in new ushort[] { 80, 443, 53 })
        {
            var key = IpvsServiceKey.Create(IpvsProtocol.Udp, Web.Address, port);
            await kernel.Client.AddServiceAsync(new IpvsService { Key = key });
            await kernel.Client.AddDestinationAsync(key, Server with { Port = port });
        }

        var entries = new List<IpvsServiceEntry>();
        await foreach (var entry in kernel.Client.EnumerateTableAsync())
            entries.Add(entry);
        Assert.That(entries, Has.Count.EqualTo(3).And.EqualTo(await kernel.Client.GetTableAsync()));
    }

    [Test]
    public async Task Statistics_OfAnOldKernel_AreTheNarrowOnes()
    {
        await using var kernel = new KernelModel { HasStatistics64 = false };
        await kernel.Client.AddServiceAsync(new IpvsService { Key = Web });
        Assert.That((await kernel.Client.GetServiceAsync(Web)).Statistics, Is.EqualTo(new IpvsStatistics
        {
            Connections = 1,
            IncomingPackets = 2,
            OutgoingPackets = 3,
            IncomingBytes = 4,
            OutgoingBytes = 5,
            ConnectionRate = 6,
            IncomingPacketRate = 7,
            OutgoingPacketRate = 8,
            IncomingByteRate = 9,
            OutgoingByteRate = 10,
        }));
    }

    [Test]
    public async Task Info_Timeouts_Zero_AndFlush_DoWhatTheySay()
    {
        await using var kernel = new KernelModel();
        var client = kernel.Client;
        await client.AddServiceAsync(new IpvsService { Key = Web });
        await client.SetTimeoutsAsync(new IpvsTimeouts { TcpFin = TimeSpan.FromSeconds(30) });
        await client.ZeroAsync(Web);
        await client.ZeroAllAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await client.GetInfoAsync(), Is.EqualTo(new IpvsInfo(new Version(1, 2, 1), 4096)));
            Assert.That(await client.GetTimeoutsAsync(), Is.EqualTo(new IpvsTimeouts
            {
                Tcp = TimeSpan.FromMinutes(15),
                TcpFin = TimeSpan.FromSeconds(30),
                Udp = TimeSpan.FromMinutes(5),
            }));
        }

        await client.FlushAsync();
        Assert.That(await client.GetServicesAsync(), Is.Empty);
        Assert.That(kernel.Changes, Is.EqualTo(new[]
        {
            IpvsCommand.NewService, IpvsCommand.SetConfig, IpvsCommand.Zero, IpvsCommand.Zero, IpvsCommand.Flush,
        }));
    }

    [Test]
    public async Task Daemons_AreStartedListedAndStopped()
    {
        await using var kernel = new KernelModel();
        var client = kernel.Client;
        var backup = new IpvsSyncDaemon
        {
            Role = IpvsSyncRole.Backup,
            Interface = "eth1",
            SyncId = 255,
            MaxLength = 65507,
            Port = 9000,
            Ttl = 255,
            Group = InetAddress.Parse("ff02::81"),
        };
        await client.StartDaemonAsync(Master with { Group = InetAddress.Parse("224.0.0.90") });
        await client.StartDaemonAsync(backup);
        Assert.That(
            await client.GetDaemonsAsync(), Is.EqualTo(new[] { Master with { Group = InetAddress.Parse("224.0.0.90") }, backup }));
        await client.StopDaemonAsync(IpvsSyncRole.Master);
        Assert.That(await client.GetDaemonsAsync(), Is.EqualTo(new[] { backup }));
    }

    [Test]
    public Task Table_SentAndRead_IsTheSame() => Generate.Table.SampleAsync(async table =>
    {
        await using var kernel = new KernelModel();
        foreach (var entry in table.Entries)
        {
            await kernel.Client.AddServiceAsync(entry.Service);
            foreach (var destination in entry.Destinations.Span.ToArray())
                await kernel.Client.AddDestinationAsync(entry.Service.Key, destination);
        }

        var actual = (await kernel.Client.GetTableAsync()).ToDictionary(entry => entry.Service.Key);
        Assert.That(actual, Has.Count.EqualTo(table.Entries.Count));
        foreach (var entry in table.Entries)
        {
            var there = actual[entry.Service.Key];
            Assert.That(there.Service, Is.EqualTo(entry.Service));
            Assert.That(there.Destinations.Select(destination => destination.Destination), Is.EquivalentTo(entry.Destinations));
        }
    }, iter: 150);

    [Test]
    public async Task Kernel_WithoutIpvs_IsNamed()
    {
        await using var kernel = new KernelModel { HasIpvs = false };
        foreach (var use in new Func<Task>[]
        {
            () => kernel.Client.GetInfoAsync(), () => kernel.Client.GetServicesAsync(), () => kernel.Client.FlushAsync(),
        })
        {
            var error = (await Assert.ThrowsAsync<NetlinkException>(use))!;
            Assert.That(error.Errno, Is.EqualTo(Errno.ENOENT));
            Assert.That(error.Message, Does.Contain("module ip_vs is not loaded"));
        }

        // The module may be loaded later.
        kernel.HasIpvs = true;
        Assert.That((await kernel.Client.GetInfoAsync()).ConnectionTableSize, Is.EqualTo(4096));
    }

    [TestCase(Errno.ESRCH, "the table has no such service")]
    [TestCase(Errno.EPERM, "CAP_NET_ADMIN")]
    public async Task Question_ThatIsRefused_HasItsMeaning(Errno errno, string meaning)
    {
        await using var kernel = new KernelModel { Fault = _ => errno };
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => kernel.Client.GetServiceAsync(Web)))!;
        Assert.That(error.Errno, Is.EqualTo(errno));
        Assert.That(error.Message, Does.StartWith("get IPVS service TCP 192.0.2.1:80: ").And.Contain(meaning));
    }

    [Test]
    public async Task Answer_ThatCannotBeRead_FailsTheList()
    {
        await using var kernel = new KernelModel();
        await kernel.Client.AddServiceAsync(new IpvsService { Key = Web });
        kernel.IsGarbled = true;
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => kernel.Client.GetServicesAsync()))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.EBADMSG));
        Assert.That(error.Message, Does.Contain("list IPVS services").And.Contain("cannot be read"));
        kernel.IsGarbled = false;
        Assert.That(await kernel.Client.GetServicesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Scheduler_ThatIsUnknown_IsNamedWithItsModule()
    {
        await using var kernel = new KernelModel();
        var error = (await Assert.ThrowsAsync<NetlinkException>(
            () => kernel.Client.AddServiceAsync(new IpvsService { Key = Web, Scheduler = "mx" })))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.ENOENT));
        Assert.That(error.Message, Is.EqualTo(
            "add IPVS service TCP 192.0.2.1:80 mx: No such file or directory (ENOENT): "
            + "the kernel has no scheduler 'mx' (module ip_vs_mx)"));
    }

    [Test]
    public async Task Engine_ThatIsUnknown_IsNamedWithItsModule()
    {
        await using var kernel = new KernelModel();
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => kernel.Client.AddServiceAsync(
            new IpvsService { Key = Web, Persistence = new IpvsPersistence { Engine = "sap" } })))!;
        Assert.That(error.Message, Does.Contain("persistence engine 'sap' (module ip_vs_pe_sap)"));
    }

    [Test]
    public async Task Family_IsAskedForAgain_AfterSomethingWasNotFound()
    {
        await using var kernel = new KernelModel();
        await kernel.Client.AddServiceAsync(new IpvsService { Key = Web });
        Assert.That(kernel.FamilyRequests, Is.EqualTo(1));
        Assert.That((await kernel.Client.SendAsync([IpvsOperation.DeleteDestination(Web, Server.Key)])).Succeeded, Is.False);
        await kernel.Client.FlushAsync();
        Assert.That(kernel.FamilyRequests, Is.EqualTo(2));
    }

    private static IEnumerable<TestCaseData> Refusals()
    {
        var service = new IpvsService { Key = Web };
        yield return new TestCaseData(IpvsOperation.AddService(service), Errno.EEXIST, "the table has this service already");
        yield return new TestCaseData(IpvsOperation.AddDestination(Web, Server), Errno.EEXIST, "has this destination already");
        yield return new TestCaseData(IpvsOperation.SetService(service), Errno.ESRCH, "no such service");
        yield return new TestCaseData(IpvsOperation.DeleteService(Web), Errno.ESRCH, "no such service");
        yield return new TestCaseData(IpvsOperation.AddDestination(Web, Server), Errno.ESRCH, "no such service");
        yield return new TestCaseData(IpvsOperation.Zero(Web), Errno.ESRCH, "no such service");
        yield return new TestCaseData(IpvsOperation.SetDestination(Web, Server), Errno.ENOENT, "no such destination");
        yield return new TestCaseData(IpvsOperation.DeleteDestination(Web, Server.Key), Errno.ENOENT, "no such destination");
        yield return new TestCaseData(IpvsOperation.AddDestination(Web, Server), Errno.EINVAL, "kind of tunnel");
        yield return new TestCaseData(
            IpvsOperation.AddDestination(
                Web, new IpvsDestination { Address = InetAddress.Parse("2001:db8::1"), Port = 80, Forwarding = IpvsForwarding.Tunnel }),
            Errno.EINVAL, "another family");
        yield return new TestCaseData(IpvsOperation.StartDaemon(Master), Errno.EEXIST, "runs already");
        yield return new TestCaseData(IpvsOperation.StartDaemon(Master), Errno.ENODEV, "no interface eth0");
        yield return new TestCaseData(IpvsOperation.StartDaemon(Master), Errno.EINVAL, "takes no such group");
        yield return new TestCaseData(IpvsOperation.StopDaemon(IpvsSyncRole.Backup), Errno.ESRCH, "no sync daemon of this role");
        yield return new TestCaseData(IpvsOperation.AddService(service), Errno.EAFNOSUPPORT, "no IPv6");
        yield return new TestCaseData(IpvsOperation.Flush(), Errno.EPERM, "CAP_NET_ADMIN");
        yield return new TestCaseData(IpvsOperation.SetTimeouts(new IpvsTimeouts()), Errno.ENOMEM, "set IPVS timeouts");
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task Refusal_HasTheNumberTheOperationAndItsMeaning(IpvsOperation operation, Errno errno, string meaning)
    {
        await using var kernel = new KernelModel { Fault = _ => errno };
        var result = await kernel.Client.SendAsync([operation]);
        var error = result.Failures.Single().Error;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Errno, Is.EqualTo(errno));
            Assert.That(error.Message, Does.StartWith(operation.ToString()).And.Contain(meaning).And.Contain(errno.ToString()));
            Assert.That(Assert.Throws<NetlinkException>(result.ThrowIfFailed), Is.SameAs(error));
        }
    }

    [Test]
    public async Task Batch_WithAServiceThatIsRefused_CarriesTheRestOut_AndKnowsCauseFromConsequence()
    {
        await using var kernel = new KernelModel();
        var other = IpvsServiceKey.ForMark(5);
        var result = await kernel.Client.SendAsync(
        [
            IpvsOperation.AddService(new IpvsService { Key = Web, Scheduler = "nosuch" }),
            IpvsOperation.AddDestination(Web, Server),
            IpvsOperation.AddService(new IpvsService { Key = other }),
            IpvsOperation.AddDestination(other, Server),
        ]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Count, Is.EqualTo(4));
            Assert.That(
                result.Failures.Select(failure => (failure.Index, failure.IsConsequence)), Is.EqualTo(new[] { (0, false), (1, true) }));
            Assert.That((await kernel.Client.GetTableAsync()).Single().Destinations, Has.Count.EqualTo(1));
            Assert.That(
                Assert.Throws<NetlinkException>(result.ThrowIfFailed)!.Message, Does.Contain("nosuch").And.Contain("1 more of 4"));
        }
    }

    [Test]
    public async Task Answer_ThatIsLost_IsReportedAsUnknown()
    {
        await using var kernel = new KernelModel { LosesAnswerOf = command => command == IpvsCommand.NewService };
        var error = (await Assert.ThrowsAsync<NetlinkException>(
            () => kernel.Client.AddServiceAsync(new IpvsService { Key = Web })))!;
        Assert.That(error.IsOutcomeUnknown, Is.True);
    }

    [Test]
    public async Task Batch_WithoutOperations_SendsNothing()
    {
        await using var kernel = new KernelModel();
        Assert.That((await kernel.Client.SendAsync([])).Succeeded, Is.True);
        Assert.That(kernel.FamilyRequests, Is.Zero);
    }

    [Test]
    public async Task DefaultKey_IsRefused()
    {
        await using var kernel = new KernelModel();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => kernel.Client.DeleteServiceAsync(default), Throws.ArgumentException);
            Assert.That(() => kernel.Client.GetServiceAsync(default), Throws.ArgumentException);
            Assert.That(() => kernel.Client.GetDestinationsAsync(default), Throws.ArgumentException);
            Assert.That(() => kernel.Client.ZeroAsync(default), Throws.ArgumentException);
        }
    }
}
