using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class DatagramSocketReceiveTests
{
    private static readonly InetAddress Loopback4 = InetAddress.Parse("127.0.0.1");

    [Test]
    public void Receive_LongerThanTheBuffer_IsCutAndFlagged()
    {
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork, new DatagramSocketOptions { MaxDatagramSize = 10 });
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);

        var received = Datagrams.Receive(loop, receiver, 2, () =>
        {
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, new byte[11]);
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, new byte[10]);
        });

        var lengths = received.Select(datagram => (datagram.Payload.Length, datagram.Header.IsTruncated));
        Assert.That(lengths, Is.EqualTo(new[] { (10, true), (10, false) }));
        Assert.That(receiver.Counters.Truncated, Is.EqualTo(1));
    }

    [Test]
    public void Receive_InterfaceGoesDownAndUp_IsCountedOnceAndReceivingGoesOn()
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
        byte[] frame = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 0x88, 0xb5, .. new byte[46]];
        made.Ip("link", "set", "kdn1", "down");
        loop.CreateTimer(_ => loop.Stop(), null).Arm(loop.Now + (20 * MonotonicClock.Millisecond));
        loop.Run();

        Assert.That(receiver.Counters.GetReceiveErrors(Errno.ENETDOWN), Is.EqualTo(1));
        Assert.That(loop.Statistics.Turns, Is.LessThan(10));
        made.Ip("link", "set", "kdn1", "up");
        var received = Datagrams.Receive(loop, receiver, 1, () => Datagrams.Send(sender, InetAddress.None, 0, frame, interfaceIndex: near));
        Assert.That(received[0].Payload, Is.EqualTo(frame));
    }

    /// <summary>A timer often says that nothing came: it must not, while what came in time waits in the socket.</summary>
    [Test]
    public void Receive_LoopHeldUp_WhatCameIsHandledBeforeTheTimersThatFellDue()
    {
        const int sent = 200;
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.Connect(IPAddress.Loopback, receiver.LocalPort);
        var (received, receivedBefore) = (0, 0);
        using var timer = loop.CreateTimer(
            _ =>
            {
                receivedBefore = received;
                loop.Stop();
            },
            null);
        loop.Schedule(_ => Read(), null);
        loop.Schedule(
            _ =>
            {
                timer.Arm(loop.Now + MonotonicClock.Millisecond);
                for (var i = 0; i < sent; i++)
                    sender.Send([1]);
                Thread.Sleep(20);
            },
            null);
        loop.Run();
        Assert.That(receivedBefore, Is.EqualTo(sent));

        async void Read()
        {
            while (true)
            {
                var result = await receiver.Input.ReadAsync();
                var rest = result.Buffer;
                while (DatagramFrame.TryRead(ref rest, out _, out ReadOnlySequence<byte> _))
                    received++;
                receiver.Input.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                    return;
            }
        }
    }

    [Test]
    public void Receive_StalledReader_LeavesDatagramsToTheKernelWhichCountsTheLost()
    {
        const int sent = 3000;
        using var loop = new EventLoop();
        var small = new DatagramSocketOptions { InputCapacity = 4 * 1024 };
        var large = new DatagramSocketOptions { OutputCapacity = 1024 * 1024 };
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork, small);
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork, large);
        receiver.Bind(Loopback4);
        receiver.ReceiveBufferSize = 16 * 1024;
        for (var i = 0; i < sent; i++)
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, new byte[100]);
        loop.CreateTimer(_ => loop.Stop(), null).Arm(loop.Now + (100 * MonotonicClock.Millisecond));
        loop.Run();
        var whileStalled = receiver.Counters.Received;

        Assert.That(sender.Counters.Sent, Is.EqualTo(sent));
        Assert.That(receiver.Counters.InputPauses, Is.EqualTo(1));
        Assert.That(whileStalled, Is.InRange(4 * 1024 / 164, 64));

        // Reading goes on, and the next datagram tells how many were lost.
        var queued = Datagrams.Receive(loop, receiver, (int)whileStalled + 1);
        Datagrams.Receive(loop, receiver, 1, () => Datagrams.Send(sender, Loopback4, receiver.LocalPort, [1]));
        Assert.That(queued, Is.Not.Empty);
        Assert.That(receiver.Counters.KernelDropped + receiver.Counters.Received, Is.EqualTo(sent + 1));
        Assert.That(receiver.Counters.KernelDropped, Is.GreaterThan(1000));
    }

    [TestCase(64 * 1024, true)]
    [TestCase(0, false)]
    public void PreparedBytes_FirstBurst_AllocatesNothing(int prepared, bool isFree)
    {
        const int burst = 400;
        using var loop = new EventLoop();
        var payload = new byte[64];
        var header = new DatagramHeader { Length = 64, Destination = Loopback4, Port = 9 };
        var allocated = 0L;

        // The first socket of all pays for what the process needs once.
        for (var socket = 0; socket < 2; socket++)
        {
            using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork, new DatagramSocketOptions { PreparedBytes = prepared });
            var writer = new DatagramWriter(sender.Output);
            loop.Schedule(
                _ =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    for (var i = 0; i < burst; i++)
                        writer.TryWrite(header, payload);
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    loop.Stop();
                },
                null);
            loop.Run();
            Assert.That(writer.Dropped, Is.Zero);
        }

        Assert.That(allocated, isFree ? Is.Zero : Is.Positive);
    }

    [Test]
    public void RoundTrips_SteadyState_AllocateNothing()
    {
        const int warmUp = 20_000, measured = 20_000;
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        using var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);
        var port = receiver.LocalPort;
        var writer = new DatagramWriter(sender.Output);
        var payload = new byte[64];
        var header = new DatagramHeader { Length = 64, Destination = Loopback4, Source = Loopback4, Port = port, HopLimit = 255 };
        long count = 0, before = 0, allocated = -1, collections = 0;

        async Task PingPong()
        {
            var scratch = new byte[2048];
            writer.TryWrite(header, payload);
            while (true)
            {
                var result = await receiver.Input.ReadAsync();
                var buffer = result.Buffer;
                while (DatagramFrame.TryRead(ref buffer, scratch, out _, out var bytes))
                {
                    count++;
                    if (count == warmUp)
                    {
                        before = GC.GetAllocatedBytesForCurrentThread();
                        collections = GC.CollectionCount(0);
                    }

                    writer.TryWrite(header, bytes);
                    if (count < warmUp / 2 && count % 1000 == 0)
                        writer.TryWrite(header, bytes);
                }

                receiver.Input.AdvanceTo(buffer.Start, buffer.End);
                if (count >= warmUp + measured)
                {
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    collections = GC.CollectionCount(0) - collections;
                    loop.Stop();
                    return;
                }
            }
        }

        Task? task = null;
        loop.Schedule(_ => task = PingPong(), null);
        loop.Run();

        Assert.That(task!.IsCompletedSuccessfully, Is.True);
        Assert.That(allocated, Is.Zero);
        Assert.That(writer.Dropped, Is.Zero);
        Assert.That(sender.Counters.Sent, Is.GreaterThanOrEqualTo(warmUp + measured));
    }

    [Test]
    public void Dispose_WithFramesWritten_SendsThemFirst()
    {
        using var loop = new EventLoop();
        using var receiver = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        receiver.Bind(Loopback4);

        var received = Datagrams.Receive(loop, receiver, 1, () =>
        {
            var sender = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
            Datagrams.Send(sender, Loopback4, receiver.LocalPort, [42]);
            sender.Dispose();
        });

        Assert.That(received[0].Payload, Is.EqualTo(new byte[] { 42 }));
    }

    [Test]
    public async Task Dispose_FromOutsideTheLoop_CompletesTheInput()
    {
        using var loop = new EventLoop();
        var socket = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        loop.Start();
        var reading = socket.Input.ReadAsync().AsTask();
        socket.Dispose();

        Assert.That((await reading.WaitAsync(Datagrams.Patience)).IsCompleted, Is.True);
    }

    [Test]
    public async Task Output_BytesThatAreNoFrame_EndTheSocketWithAReason()
    {
        using var loop = new EventLoop();
        Exception? unhandled = null;
        loop.UnhandledException += (_, arguments) => (unhandled, arguments.Handled) = (arguments.Exception, true);
        var socket = DatagramSocket.OpenUdp(loop, AddressFamily.InterNetwork);
        loop.Start();
        var reading = socket.Input.ReadAsync().AsTask();
        await socket.Output.WriteAsync(Enumerable.Repeat((byte)0xff, 100).ToArray());

        Assert.That(async () => await reading.WaitAsync(Datagrams.Patience), Throws.TypeOf<InvalidDataException>());
        Assert.That(unhandled, Is.TypeOf<InvalidDataException>());
        socket.Dispose();
    }
}
