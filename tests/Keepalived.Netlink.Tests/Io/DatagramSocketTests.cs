using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class DatagramSocketTests
{
    private static readonly InetAddress Loopback4 = InetAddress.Parse("127.0.0.1");
    private static readonly InetAddress Loopback6 = InetAddress.Parse("::1");

    [TestCase(AddressFamily.InterNetwork, "127.0.0.1")]
    [TestCase(AddressFamily.InterNetworkV6, "::1")]
    public void Udp_RoundTrip_CarriesAddressesPortHopLimitInterfaceAndTime(AddressFamily family, string text)
    {
        var address = InetAddress.Parse(text);
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, family);
        using var sender = DatagramSocket.OpenUdp(loop, family);
        receiver.Bind(address);
        receiver.MinHopCount = 255;
        sender.Bind(address);
        var before = MonotonicClock.Now;

        var received = Datagrams.Receive(
            loop, receiver, 1, () => Datagrams.Send(sender, address, receiver.LocalPort, [1, 2, 3], hopLimit: 77));

        var (header, payload) = received.Single();
        Assert.Multiple(() =>
        {
            Assert.That(payload, Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(header.Source, Is.EqualTo(address));
            Assert.That(header.Destination, Is.EqualTo(address));
            Assert.That(header.Port, Is.EqualTo(sender.LocalPort));
            Assert.That(header.HopLimit, Is.EqualTo(77));
            Assert.That(header.InterfaceIndex, Is.EqualTo(1));
            Assert.That(header.IsTruncated, Is.False);
            Assert.That(header.ArrivalTime, Is.InRange(before, MonotonicClock.Now));
            Assert.That(sender.Counters.Sent, Is.EqualTo(1));
            Assert.That(receiver.Counters.ReceivedBytes, Is.EqualTo(3));
        });
    }

    [Test]
    public void RawIPv4_WithoutHeader_ReceivesTheWholePacketWithSourceAndHopLimitAsked()
    {
        using var made = TestNamespace.Create();
        using var inside = made.Open();
        using var loop = new EventLoop();
        var options = new DatagramSocketOptions { NetworkNamespace = inside };
        using var receiver = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 253, options);
        using var sender = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 253, options);
        sender.DiscardInput();
        sender.TrafficClass = 0xc0;
        var source = InetAddress.Parse("127.0.0.9");

        var received = Datagrams.Receive(loop, receiver, 1, () =>
        {
            Datagrams.Send(sender, Loopback4, 0, [7, 8], source, 255, interfaceIndex: 1);
        });

        var (header, packet) = received.Single();
        Assert.Multiple(() =>
        {
            Assert.That(packet, Has.Length.EqualTo(22));
            Assert.That(packet[0], Is.EqualTo(0x45));
            Assert.That(packet[1], Is.EqualTo(0xc0));
            Assert.That(packet[8], Is.EqualTo(255));
            Assert.That(packet[20..], Is.EqualTo(new byte[] { 7, 8 }));
            Assert.That(header.Source, Is.EqualTo(source));
            Assert.That(header.Destination, Is.EqualTo(Loopback4));
            Assert.That(header.HopLimit, Is.EqualTo(255));
            Assert.That(header.InterfaceIndex, Is.EqualTo(1));
            Assert.That(sender.Counters.Received, Is.Zero);
        });
    }

    [TestCase(AddressFamily.InterNetwork)]
    [TestCase(AddressFamily.InterNetworkV6)]
    public void AcceptOnly_SomeValuesOfAByte_HearsNothingElse(AddressFamily family)
    {
        using var made = TestNamespace.Create();
        using var inside = made.Open();
        using var loop = new EventLoop();
        var options = new DatagramSocketOptions { NetworkNamespace = inside };
        using var receiver = DatagramSocket.OpenRaw(loop, family, 253, options);
        using var sender = DatagramSocket.OpenRaw(loop, family, 253, options);
        sender.DiscardInput();
        receiver.AcceptOnly(1, [1]);
        receiver.AcceptOnly(1, [7, 9]);
        var to = family == AddressFamily.InterNetwork ? Loopback4 : Loopback6;

        var received = Datagrams.Receive(loop, receiver, 2, () =>
        {
            for (byte value = 5; value < 12; value++)
                Datagrams.Send(sender, to, 0, [0x31, value], to, 255, interfaceIndex: 1);
        });

        Assert.That(received.Select(static datagram => datagram.Payload[^1]), Is.EqualTo(new byte[] { 7, 9 }));
    }

    [Test]
    public void RawIPv4_HeaderIncluded_SendsItAsItIs()
    {
        using var made = TestNamespace.Create();
        using var inside = made.Open();
        using var loop = new EventLoop();
        var options = new DatagramSocketOptions { NetworkNamespace = inside };
        using var receiver = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 253, options);
        using var sender = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetwork, 255, options);
        sender.HeaderIncluded = true;
        byte[] packet = [0x45, 0xc0, 0, 22, 0, 1, 0, 0, 255, 253, 0, 0, 127, 0, 0, 77, 127, 0, 0, 1, 5, 6];

        var received = Datagrams.Receive(loop, receiver, 1, () => Datagrams.Send(sender, Loopback4, 0, packet));

        Assert.That(sender.HeaderIncluded, Is.True);
        Assert.That(received[0].Header.Source, Is.EqualTo(InetAddress.Parse("127.0.0.77")));
        Assert.That(received[0].Payload[20..], Is.EqualTo(new byte[] { 5, 6 }));
    }

    [Test]
    public void RawIPv6_KernelChecksum_IsFilledInAndVerified()
    {
        using var made = TestNamespace.Create();
        using var inside = made.Open();
        using var loop = new EventLoop();
        var options = new DatagramSocketOptions { NetworkNamespace = inside };
        using var receiver = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetworkV6, 253, options);
        using var sender = DatagramSocket.OpenRaw(loop, AddressFamily.InterNetworkV6, 253, options);
        sender.DiscardInput();
        sender.ChecksumOffset = 2;

        var received = Datagrams.Receive(
            loop, receiver, 1, () => Datagrams.Send(sender, Loopback6, 0, [1, 2, 0, 0, 3, 4], Loopback6, 255, 1));

        var (header, payload) = received.Single();
        Assert.That(payload[2] | payload[3], Is.Not.Zero);
        Assert.That((header.Source, header.Destination), Is.EqualTo((Loopback6, Loopback6)));
        Assert.That((header.HopLimit, header.InterfaceIndex), Is.EqualTo((255, 1)));
    }

    [TestCase(AddressFamily.InterNetwork, "224.0.0.18")]
    [TestCase(AddressFamily.InterNetworkV6, "ff02::12")]
    public void RawMulticast_AcrossVeth_ReachesTheGroupOnItsInterface(AddressFamily family, string text)
    {
        var group = InetAddress.Parse(text);
        using var made = TestNamespace.Create();
        using var peer = TestNamespace.Create();
        made.Ip("link", "add", "kdn0", "type", "veth", "peer", "name", "kdn1", "netns", peer.Name);
        made.Ip("addr", "add", "192.0.2.1/24", "dev", "kdn0");
        peer.Ip("addr", "add", "192.0.2.2/24", "dev", "kdn1");
        made.Ip("addr", "add", "2001:db8::1/64", "dev", "kdn0", "nodad");
        made.Ip("link", "set", "kdn0", "addrgenmode", "none");
        made.Ip("link", "set", "kdn0", "up");
        peer.Ip("link", "set", "kdn1", "up");
        var (near, far) = (made.InterfaceIndex("kdn0"), peer.InterfaceIndex("kdn1"));
        using var nearSide = made.Open();
        using var farSide = peer.Open();
        using var loop = new EventLoop();
        using var sender = DatagramSocket.OpenRaw(loop, family, 253, new DatagramSocketOptions { NetworkNamespace = nearSide });
        using var receiver = DatagramSocket.OpenRaw(loop, family, 253, new DatagramSocketOptions { NetworkNamespace = farSide });
        sender.MulticastHops = 255;
        sender.MulticastLoopback = false;
        sender.SetMulticastInterface(near);
        receiver.BindToDevice("kdn1");
        receiver.MulticastAll = false;
        receiver.JoinGroup(group, far);
        var source = InetAddress.Parse(family == AddressFamily.InterNetwork ? "192.0.2.1" : "2001:db8::1");

        // Until the kernel noticed the carrier, which may take it a second, IPv6 has no route.
        LoopTimer again = null!;
        again = loop.CreateTimer(_ =>
        {
            Datagrams.Send(sender, group, 0, [1], source, interfaceIndex: near);
            again.Arm(loop.Now + (100 * MonotonicClock.Millisecond));
        }, null);
        again.Arm(loop.Now);
        var received = Datagrams.Receive(loop, receiver, 1);

        var header = received[0].Header;
        Assert.That((header.Source, header.Destination, header.HopLimit, header.InterfaceIndex), Is.EqualTo((source, group, 255, far)));
        Assert.That(sender.Counters.Received, Is.Zero);
        receiver.LeaveGroup(group, far);
        Assert.That(
            () => receiver.LeaveGroup(group, far),
            Throws.TypeOf<SystemCallException>().With.Message.Contains("DROP_MEMBERSHIP")
                .And.Message.Contains($"{group} on interface {far}").And.Message.Contains("EADDRNOTAVAIL"));
    }

    [Test]
    public void Packet_AcrossVeth_FrameArrivesAsSentAndOwnFramesAreNotHeard()
    {
        using var made = TestNamespace.Create();
        made.Ip("link", "add", "kdn0", "type", "veth", "peer", "name", "kdn1");
        made.Ip("link", "set", "kdn0", "up");
        made.Ip("link", "set", "kdn1", "up");
        var (near, far) = (made.InterfaceIndex("kdn0"), made.InterfaceIndex("kdn1"));
        using var inside = made.Open();
        using var loop = new EventLoop();
        var options = new DatagramSocketOptions { NetworkNamespace = inside };
        using var sender = DatagramSocket.OpenPacket(loop, options: options);
        using var receiver = DatagramSocket.OpenPacket(loop, 0x88b5, far, options);
        using var echo = DatagramSocket.OpenPacket(loop, 0x88b5, near, options);
        byte[] frame = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 0x88, 0xb5, .. new byte[46]];
        frame[20] = 0xab;

        var received = Datagrams.Receive(loop, receiver, 1, () => Datagrams.Send(sender, InetAddress.None, 0, frame, interfaceIndex: near));

        Assert.That(received[0].Payload, Is.EqualTo(frame));
        Assert.That(received[0].Header.InterfaceIndex, Is.EqualTo(far));
        Assert.That(echo.Counters.Received, Is.Zero);
        Assert.That(() => sender.MulticastHops = 1, Throws.InvalidOperationException);
    }
}
