using System.Runtime.InteropServices;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Io.Interop;
using Keepalived.Netlink.Route;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Tests;

public sealed class NetlinkSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Datagrams_OfOtherProcesses_AreIgnoredAndCounted()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to send netlink to another process");
        using var loop = new EventLoop();
        loop.Start();
        using var socket = NetlinkSocket.Open(loop, NetlinkProtocol.Route);
        await using var client = new RouteClient(
            new NetlinkConnection(socket, new NetlinkConnectionOptions { PortId = socket.PortId }, loop));
        Forge(socket.PortId);
        Assert.That((await client.GetLinkAsync(1).WaitAsync(Patience)).Name, Is.EqualTo("lo"));
        Assert.That(socket.Counters.Foreign, Is.EqualTo(1));
        Assert.That(client.Connection.Statistics.Notifications, Is.Zero);
    }

    [Test]
    public async Task Connection_DisposedBeforeItsLoopRan_EndsAndFailsItsRequests()
    {
        using var loop = new EventLoop();
        var client = RouteClient.Open(loop);
        var task = client.GetLinksAsync();
        await client.DisposeAsync().AsTask().WaitAsync(Patience);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => task.WaitAsync(Patience));
    }

    [Test]
    public async Task Connection_DisposedWhileRequestsAreMade_FailsThemAllOrAnswers()
    {
        using var loop = new EventLoop();
        loop.Start();
        var client = RouteClient.Open(loop);
        var tasks = Enumerable.Range(0, 200).Select(_ => client.GetLinksAsync()).ToArray();
        await client.DisposeAsync().AsTask().WaitAsync(Patience);
        foreach (var task in tasks)
        {
            await ((Task)task).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.That(
                task.IsCompletedSuccessfully || task.Exception?.InnerException is ObjectDisposedException, task.Exception?.ToString());
        }
    }

    private static unsafe void Forge(uint port)
    {
        using var sender = Libc.Socket(Libc.AfNetlink, Libc.SockRaw | Libc.CloseOnExec, 0);
        Span<uint> address = [Libc.AfNetlink, port, 0];
        Span<byte> message = stackalloc byte[NetlinkHeader.Size + 4];
        new NetlinkHeader((uint)message.Length, RouteMessageType.DeleteLink, NetlinkMessageFlags.None, 0, 0).Write(message);
        fixed (uint* name = address)
        fixed (byte* bytes = message)
        {
            var vector = new IoVec { Base = bytes, Length = (nuint)message.Length };
            var header = new MsgHdr { Name = name, NameLength = 12, Vectors = &vector, VectorCount = 1 };
            Assert.That((int)Libc.SendMsg(sender, &header, 0), Is.EqualTo(message.Length), Marshal.GetLastPInvokeErrorMessage());
        }
    }
}
