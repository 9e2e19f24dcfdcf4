using System.Net;
using System.Net.Sockets;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class ConnectionAttemptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public void Start_AServerThatListens_ComesUp(string address)
    {
        using var server = Listen(address);
        Assert.That(Try(To(server)), Is.EqualTo(Errno.None));
    }

    [Test]
    public void Start_NobodyListens_IsRefused()
    {
        using var server = Listen("127.0.0.1");
        var options = To(server);
        server.Dispose();
        Assert.That(Try(options), Is.EqualTo(Errno.ECONNREFUSED));
    }

    [Test]
    public void Start_AServerThatDoesNotAnswer_TimesOut()
    {
        // Its queue is full: it drops what comes (listen(2), backlog).
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen(0);
        var queued = new List<Socket>();
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            queued.Add(socket);
            _ = socket.ConnectAsync(server.LocalEndPoint!).ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        }

        Thread.Sleep(100);
        var options = To(server) with { Timeout = TimeSpan.FromMilliseconds(300) };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(Try(options), Is.EqualTo(Errno.ETIMEDOUT));
        Assert.That(watch.ElapsedMilliseconds, Is.InRange(290, 20_000));
        queued.ForEach(static socket => socket.Dispose());
    }

    [Test]
    public void Start_TheLoopStandsStill_DoesNotBlameTheServer()
    {
        using var server = Listen("127.0.0.1");
        var options = To(server) with { Timeout = TimeSpan.FromMilliseconds(50) };
        Assert.That(Try(options, afterStart: static () => Thread.Sleep(400)), Is.EqualTo(Errno.None));
    }

    [Test]
    public void Start_WithSourceAndPort_ComesFromThere()
    {
        using var server = Listen("127.0.0.1");
        using var free = Listen("127.0.0.3");
        var port = (ushort)((IPEndPoint)free.LocalEndPoint!).Port;
        free.Dispose();
        var options = To(server) with { BindAddress = InetAddress.Parse("127.0.0.3"), BindPort = port };
        for (var i = 0; i < 3; i++)
        {
            Assert.That(Try(options), Is.EqualTo(Errno.None), "the port is free again");
            using var accepted = server.Accept();
            Assert.That(accepted.RemoteEndPoint, Is.EqualTo(new IPEndPoint(IPAddress.Parse("127.0.0.3"), port)));
        }
    }

    [Test]
    public void Start_AnAddressThatIsNotHere_IsSaidAtOnce()
    {
        using var loop = new EventLoop();
        var options = new ConnectionAttemptOptions
        {
            Address = InetAddress.Parse("127.0.0.1"),
            Port = 1,
            Timeout = Patience,
            BindAddress = InetAddress.Parse("192.0.2.77"),
        };
        var refused = Assert.Throws<SystemCallException>(() => ConnectionAttempt.Start(loop, options, static (_, _) => { }, null));
        Assert.That((refused!.Operation, refused.Error), Is.EqualTo(("bind to 192.0.2.77 port 0", Errno.EADDRNOTAVAIL)));
    }

    [Test]
    public void Start_NoSuchInterface_IsSaidAtOnce()
    {
        using var loop = new EventLoop();
        var options = new ConnectionAttemptOptions { Address = InetAddress.Parse("127.0.0.1"), Port = 1, Timeout = Patience, Interface = "nosuch0" };
        var refused = Assert.Throws<SystemCallException>(() => ConnectionAttempt.Start(loop, options, static (_, _) => { }, null));
        Assert.That(refused!.Operation, Is.EqualTo("bind to interface nosuch0"));
    }

    [Test]
    public void Dispose_BeforeItIsKnown_IsTheEnd()
    {
        using var server = Listen("127.0.0.1");
        using var loop = new EventLoop();
        var calls = 0;
        ConnectionAttempt.Start(loop, To(server), (_, _) => calls++, null).Dispose();
        loop.CreateTimer(_ => loop.Stop(), null).Arm(loop.Now + (50 * MonotonicClock.Millisecond));
        loop.Run();
        Assert.That(calls, Is.Zero);
    }

    [Test]
    public void Start_ManyTimes_LeavesNoDescriptor()
    {
        using var server = Listen("127.0.0.1");
        var options = To(server);
        Assert.That(Try(options), Is.EqualTo(Errno.None));
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var i = 0; i < 200; i++)
        {
            Assert.That(Try(options), Is.EqualTo(Errno.None));
            server.Accept().Dispose();
        }

        Assert.That(() => Directory.GetFiles("/proc/self/fd").Length, Is.LessThan(before + 20).After(10_000, 50));
    }

    private static Errno Try(ConnectionAttemptOptions options, Action? afterStart = null)
    {
        using var loop = new EventLoop();
        Errno? found = null;
        ConnectionAttempt.Start(
            loop,
            options,
            (_, error) =>
            {
                found = error;
                loop.Stop();
            },
            null);
        Assert.That(found, Is.Null, "not from within the call");
        afterStart?.Invoke();
        var limit = loop.CreateTimer(_ => loop.Stop(), null);
        limit.Arm(loop.Now + MonotonicClock.FromTimeSpan(Patience));
        loop.Run();
        return found ?? throw new AssertionException("no answer");
    }

    private static ConnectionAttemptOptions To(Socket server)
    {
        var there = (IPEndPoint)server.LocalEndPoint!;
        return new ConnectionAttemptOptions
        {
            Address = InetAddress.FromBytes(there.Address.GetAddressBytes()),
            Port = (ushort)there.Port,
            Timeout = Patience,
        };
    }

    private static Socket Listen(string address)
    {
        var there = IPAddress.Parse(address);
        var socket = new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(there, 0));
        socket.Listen(1000);
        return socket;
    }
}
