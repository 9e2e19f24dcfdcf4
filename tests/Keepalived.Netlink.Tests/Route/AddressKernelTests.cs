using Keepalived.Netlink.Route;

namespace Keepalived.Netlink.Tests.Route;

public sealed class AddressKernelTests : KernelFixture
{
    [Test]
    public async Task Address_AddedListedAndDeleted_IsWhatTheKernelSays()
    {
        var index = await CreateVethAsync();
        var address = Address.Create(index, InetPrefix.Parse("192.0.2.1/24")) with
        {
            Broadcast = InetAddress.Parse("192.0.2.255"),
            Label = "ve0:vip",
            Scope = RouteScope.Link,
            Protocol = RouteProtocol.Keepalived,
            Flags = AddressFlags.NoPrefixRoute,
        };
        await Client.AddAddressAsync(address);
        var listed = (await Client.GetAddressesAsync(System.Net.Sockets.AddressFamily.InterNetwork, index)).Single();
        Assert.That(listed, Is.EqualTo(address with { Flags = AddressFlags.NoPrefixRoute | AddressFlags.Permanent }));
        await Client.DeleteAddressAsync(address);
        Assert.That(await Client.GetAddressesAsync(System.Net.Sockets.AddressFamily.InterNetwork, index), Is.Empty);
    }

    [Test]
    public async Task IPv6Address_WithoutDetectionAndDeprecated_KeepsFlagsAndLifetimes()
    {
        var index = await CreateVethAsync();
        var address = Address.Create(index, InetPrefix.Parse("2001:db8::1/128"), AddressFlags.NoDuplicateDetection) with
        {
            PreferredLifetime = 0,
            Protocol = RouteProtocol.Keepalived,
        };
        await Client.AddAddressAsync(address);
        var listed = (await Client.GetAddressesAsync(System.Net.Sockets.AddressFamily.InterNetworkV6, index)).Single(
            a => a.Local == address.Local);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Flags & AddressFlags.NoDuplicateDetection, Is.Not.EqualTo(AddressFlags.None));
            Assert.That(listed.Flags & AddressFlags.Deprecated, Is.Not.EqualTo(AddressFlags.None));
            Assert.That(listed.Flags & AddressFlags.Tentative, Is.EqualTo(AddressFlags.None));
            Assert.That(listed.PreferredLifetime, Is.Zero);
            Assert.That(listed.ValidLifetime, Is.EqualTo(Address.Forever));
            Assert.That(listed.Protocol, Is.EqualTo(RouteProtocol.Keepalived));
        }
    }

    [Test]
    public async Task PeerAddress_RoundTrips()
    {
        var index = await CreateVethAsync();
        var address = Address.Create(index, InetPrefix.Parse("10.1.1.1/32")) with { Peer = InetAddress.Parse("10.1.1.2") };
        await Client.AddAddressAsync(address);
        var listed = (await Client.GetAddressesAsync(interfaceIndex: index)).Single(a => a.Local.IsIPv4);
        Assert.That((listed.Local, listed.Peer, listed.PrefixLength), Is.EqualTo((address.Local, address.Peer, 32)));
        await Client.DeleteAddressAsync(address);
        Assert.That((await Client.GetAddressesAsync(interfaceIndex: index)).Where(a => a.Local.IsIPv4), Is.Empty);
    }

    [Test]
    public async Task AddAddress_Existing_FailsWithExists()
    {
        var index = await CreateVethAsync();
        var address = Address.Create(index, InetPrefix.Parse("192.0.2.1/24"));
        await Client.AddAddressAsync(address);
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => Client.AddAddressAsync(address)))!;
        Assert.That(error.IsExists, error.Message);
        await Client.ReplaceAddressAsync(address with { Metric = 42 });
        Assert.That((await Client.GetAddressesAsync(interfaceIndex: index)).Single(a => a.Local.IsIPv4).Metric, Is.EqualTo(42));
    }

    [Test]
    public async Task DeleteAddress_Missing_SaysWhatAndWhy()
    {
        var index = await CreateVethAsync();
        var error = (await Assert.ThrowsAsync<NetlinkException>(
            () => Client.DeleteAddressAsync(Address.Create(index, InetPrefix.Parse("192.0.2.9/24")))))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.IsNotFound);
            Assert.That(error.Errno, Is.EqualTo(Errno.EADDRNOTAVAIL));
            Assert.That(error.Message, Does.StartWith($"delete address 192.0.2.9/24 dev {index}: "));
            Assert.That(error.Message, Does.Contain("Address not found"), "the kernel's own words");
        }
    }

    [Test]
    public async Task AddAddress_ToMissingInterface_FailsWithNoDevice()
    {
        var error = (await Assert.ThrowsAsync<NetlinkException>(
            () => Client.AddAddressAsync(Address.Create(4711, InetPrefix.Parse("192.0.2.9/24")))))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.ENODEV));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Batch_OfAThousandAddresses_AddsThemInFewSends(bool onLoop)
    {
        var index = await CreateVethAsync();
        var batch = new RouteBatch();
        for (var i = 0; i < 1000; i++)
            batch.AddAddress(Address.Create(index, InetPrefix.Host(InetAddress.FromIPv4(0x0a010000 + (uint)i))));
        var sendsBefore = Client.Connection.Statistics.Sends;
        var result = onLoop ? await OnLoopAsync(() => Client.SendAsync(batch)) : await Client.SendAsync(batch);
        var sends = Client.Connection.Statistics.Sends - sendsBefore;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Succeeded);
            Assert.That(result.Count, Is.EqualTo(1000));
            Assert.That(sends, Is.LessThanOrEqualTo(8));
            Assert.That((await Client.GetAddressesAsync(interfaceIndex: index)).Count(a => a.Local.IsIPv4), Is.EqualTo(1000));
        }

        batch.Clear();
        batch.DeleteAddress(Address.Create(index, InetPrefix.Host(InetAddress.FromIPv4(0x0a010000))));
        batch.DeleteAddress(Address.Create(index, InetPrefix.Host(InetAddress.FromIPv4(0x0b010000))));
        batch.DeleteAddress(Address.Create(index, InetPrefix.Host(InetAddress.FromIPv4(0x0a010001))));
        var deletion = await Client.SendAsync(batch);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(deletion.FailedCount, Is.EqualTo(1));
            Assert.That(deletion[1]?.Errno, Is.EqualTo(Errno.EADDRNOTAVAIL));
            Assert.That(deletion[0], Is.Null);
            Assert.That(deletion[2], Is.Null);
        }
    }

    [Test]
    public async Task Request_OnTheLoop_IsAnsweredBeforeTheCallReturns()
    {
        var index = await CreateVethAsync();
        var completed = await OnLoopAsync(() =>
        {
            var task = Client.AddAddressAsync(Address.Create(index, InetPrefix.Parse("192.0.2.1/24")));
            return Task.FromResult(task.IsCompletedSuccessfully);
        });
        Assert.That(completed);
    }
}
