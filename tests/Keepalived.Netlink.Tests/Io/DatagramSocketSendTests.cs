using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class DatagramSocketSendTests
{
    private static readonly InetAddress Loopback4 = InetAddress.Parse("127.0.0.1");
    private static readonly InetAddress Loopback6 = InetAddress.Parse("::1");

    [Test]
    public void Send_ManyFramesInATurn_CostOneSystemCallPerBatchOfThirtyTwo()
    {
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);

        var received = Datagrams.Receive(loop, receiver, 100, () =>
        {
            for (byte i = 0; i < 50; i++)
                Datagrams.Send(sender, Loopback4, receiver.LocalPort, [i]);
            loop.Schedule(_ =>
            {
                for (byte i = 50; i < 100; i++)
                    Datagrams.Send(sender, Loopback4, receiver.LocalPort, [i]);
            }, null);
        });

        Assert.That(received.Select(datagram => (int)datagram.Payload[0]), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(sender.Counters.SendCalls, Is.EqualTo(4));
        Assert.That(receiver.Counters.ReceiveCalls, Is.EqualTo(4));
    }

    [Test]
    public void Send_RefusedDatagram_IsCountedReportedAndSkippedInOrder()
    {
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);
        var errors = new List<DatagramSendError>();
        sender.OnSendError = errors.Add;

        var received = Datagrams.Receive(loop, receiver, 2, () =>
        {
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, [1]);
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, new byte[65_530]);
            Datagrams.Send(sender, Loopback6, receiver.LocalPort, [3]);
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, [4]);
        });

        Assert.That(received.Select(datagram => datagram.Payload[0]), Is.EqualTo(new byte[] { 1, 4 }));
        Assert.That(errors.Select(error => error.Error), Is.EqualTo(new[] { Errno.EMSGSIZE, Errno.EAFNOSUPPORT }));
        Assert.That(errors[1].Header.Destination, Is.EqualTo(Loopback6));
        Assert.That(sender.Counters.GetSendErrors(Errno.EMSGSIZE), Is.EqualTo(1));
        Assert.That(sender.Counters.SendErrors, Is.EqualTo(2));
        Assert.That(sender.Counters.Sent, Is.EqualTo(2));
    }

    [Test]
    public void Send_ErrorCallbackThrows_TheRestStillLeaves()
    {
        using var loop = new EventLoop();
        var unhandled = 0;
        loop.UnhandledException += (_, arguments) =>
        {
            unhandled++;
            arguments.Handled = true;
        };
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);
        sender.OnSendError = _ => throw new FormatException("callback");

        var received = Datagrams.Receive(loop, receiver, 2, () =>
        {
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, [1]);
            Datagrams.Send(sender, Loopback6, receiver.LocalPort, [2]);
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, [3]);
        });

        Assert.That(received.Select(datagram => datagram.Payload[0]), Is.EqualTo(new byte[] { 1, 3 }));
        Assert.That(unhandled, Is.EqualTo(1));
    }

    [Test]
    public void Send_KernelBufferFull_WaitsAndKeepsTheOrder()
    {
        // A veth whose peer's queueing discipline holds packets back fills the sender's buffer.
        using var made = TestNamespace.Create();
        using var peer = TestNamespace.Create();
        made.Ip("link", "add", "kdn0", "type", "veth", "peer", "name", "kdn1", "netns", peer.Name);
        made.Ip("addr", "add", "192.0.2.1/24", "dev", "kdn0");
        peer.Ip("addr", "add", "192.0.2.2/24", "dev", "kdn1");
        made.Ip("link", "set", "kdn0", "up");
        peer.Ip("link", "set", "kdn1", "up");
        if (made.Tc("qdisc", "add", "dev", "kdn0", "root", "tbf", "rate", "20mbit", "burst", "5kb", "limit", "1mb") is { } error)
            Assert.Inconclusive($"the kernel has no tbf queueing discipline: {error}");

        using var nearSide = made.Open();
        using var farSide = peer.Open();
        using var loop = new EventLoop();
        var near = new DatagramSocketOptions { NetworkNamespace = nearSide };
        var far = new DatagramSocketOptions { NetworkNamespace = farSide };
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork, near);
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork, far);
        sender.SendBufferSize = 8 * 1024;
        receiver.ForceReceiveBufferSize(4 * 1024 * 1024);
        receiver.Bind(InetAddress.AnyIPv4);
        var target = InetAddress.Parse("192.0.2.2");

        var received = Datagrams.Receive(loop, receiver, 200, () =>
        {
            for (byte i = 0; i < 200; i++)
            {
                var payload = new byte[1000];
                payload[0] = i;
                Datagrams.Send(sender, target, receiver.LocalPort, payload);
            }
        });

        Assert.That(received.Select(datagram => (int)datagram.Payload[0]), Is.EqualTo(Enumerable.Range(0, 200)));
        Assert.That(sender.Counters.OutputPauses, Is.GreaterThan(0));
        Assert.That(sender.Counters.SendErrors, Is.Zero);
    }
}
