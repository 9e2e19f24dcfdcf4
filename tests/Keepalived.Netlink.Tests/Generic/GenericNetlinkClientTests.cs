using Keepalived.Netlink.Generic;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Testing;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests.Generic;

public sealed class GenericNetlinkClientTests
{
    [Test]
    public async Task Family_OfThisKernel_IsFoundOnceAndKept()
    {
        using var loop = new EventLoop();
        loop.Start();
        await using var client = GenericNetlinkClient.Open(loop);
        var family = await client.GetFamilyAsync("nlctrl");
        var sent = client.Connection.Statistics.RequestsSent;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(family.Id, Is.EqualTo(16));
            Assert.That(family.MulticastGroups, Does.ContainKey("notify"));
            Assert.That(await client.GetFamilyAsync("nlctrl"), Is.SameAs(family));
            Assert.That(client.Connection.Statistics.RequestsSent, Is.EqualTo(sent));
        }
    }

    [Test]
    public async Task Family_ThatIsMissing_IsNamedInTheError()
    {
        using var loop = new EventLoop();
        loop.Start();
        await using var client = GenericNetlinkClient.Open(loop);
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => client.GetFamilyAsync("no-such").AsTask()))!;
        Assert.That(error.Errno, Is.EqualTo(Errno.ENOENT));
        Assert.That(error.Message, Does.Contain("no-such"));
    }

    [Test]
    public async Task Command_HasItsHeaderAndAttributes()
    {
        var seen = "";
        await using var kernel = new ScriptedKernel((in request, reply) =>
        {
            seen = $"{request.Type} {Convert.ToHexString(request.Payload)}";
            reply.Fail(Errno.EEXIST);
        });
        await using var client = new GenericNetlinkClient(kernel.Connect());
        var family = new GenericNetlinkFamily { Name = "IPVS", Id = 33, Version = 1 };
        var error = (await Assert.ThrowsAsync<NetlinkException>(() => client.SendAsync(
            family, 2, "add", "a service", static (ref NetlinkMessageWriter writer, string _) => writer.WriteByte(1, 0xab))))!;
        Assert.That(seen, Is.EqualTo("33 02010000" + "05000100AB000000"));
        Assert.That(error.Message, Does.StartWith("add IPVS a service: "));
    }
}
