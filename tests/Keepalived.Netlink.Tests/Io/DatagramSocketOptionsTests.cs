using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class DatagramSocketOptionsTests
{
    [Test]
    public void OpenRaw_WithoutCapability_SaysWhatItNeeds()
    {
        Assume.That(Environment.IsPrivilegedProcess, "drops a capability of a thread");
        using var loop = new EventLoop();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            Capabilities.DropNetRaw();
            failure = Assert.Catch(() => DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 112));
        });
        thread.Start();
        thread.Join();

        Assert.That(failure, Is.TypeOf<SystemCallException>());
        Assert.That(((SystemCallException)failure!).Error, Is.EqualTo(Errno.EPERM));
        Assert.That(failure.Message, Does.Contain("raw IPv4 socket for protocol 112").And.Contain("CAP_NET_RAW"));
    }

    [Test]
    public void Options_Misused_ThrowWithTheirName()
    {
        using var loop = new EventLoop();
        using var socket = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);

        Assert.Multiple(() =>
        {
            Refused(
                () => socket.JoinGroup(InetAddress.Parse("224.0.0.18"), 99_999), Errno.ENODEV, "IP_ADD_MEMBERSHIP", "224.0.0.18", "interface 99999");
            Refused(() => socket.BindToDevice("kdn-none"), Errno.ENODEV, "SO_BINDTODEVICE", "kdn-none");
            Refused(() => socket.MulticastHops = 256, Errno.EINVAL, "IP_MULTICAST_TTL", "256");
            Refused(() => socket.Bind(InetAddress.Parse("192.0.2.1")), Errno.EADDRNOTAVAIL, "bind", "192.0.2.1");
            Assert.That(() => socket.JoinGroup(InetAddress.Parse("192.0.2.1"), 1), Throws.ArgumentException);
            Assert.That(() => DatagramSocket.OpenUdp(loop, AddressFamily.Packet), Throws.ArgumentException);
            Assert.That(() => DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 256), Throws.TypeOf<ArgumentOutOfRangeException>());
        });

        static void Refused(Action action, Errno error, params string[] words)
        {
            var refusal = Assert.Throws<SystemCallException>(() => action())!;
            Assert.That(refusal.Error, Is.EqualTo(error));
            foreach (var word in words.Append(error.ToString()))
                Assert.That(refusal.Message, Does.Contain(word));
        }
    }

    [TestCase(AddressFamily.InterNetwork)]
    [TestCase(AddressFamily.InterNetworkV6)]
    public void Options_Set_AreWhatTheKernelHas(AddressFamily family)
    {
        using var loop = new EventLoop();
        using var socket = DatagramSocket.OpenUdp(loop, family);
        socket.MulticastHops = 255;
        socket.Hops = 254;
        socket.MulticastLoopback = false;
        socket.MulticastAll = false;
        socket.TrafficClass = 0xc0;
        socket.MinHopCount = 255;
        socket.FreeBind = true;
        socket.Priority = 6;
        socket.ReuseAddress = true;
        socket.ReceiveBufferSize = 20_000;
        socket.SendBufferSize = 30_000;

        Assert.Multiple(() =>
        {
            Assert.That(socket.MulticastHops, Is.EqualTo(255));
            Assert.That(socket.Hops, Is.EqualTo(254));
            Assert.That(socket.MulticastLoopback, Is.False);
            Assert.That(socket.MulticastAll, Is.False);
            Assert.That(socket.TrafficClass, Is.EqualTo(0xc0));
            Assert.That(socket.MinHopCount, Is.EqualTo(255));
            Assert.That(socket.FreeBind, Is.True);
            Assert.That(socket.Priority, Is.EqualTo(6));
            Assert.That(socket.ReuseAddress, Is.True);
            Assert.That(socket.ReceiveBufferSize, Is.EqualTo(40_000));
            Assert.That(socket.SendBufferSize, Is.EqualTo(60_000));
        });
    }
}
