using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Keepalived.Checkers.Connections;
using Keepalived.Checkers.Tcp;
using Keepalived.Checkers.Tests.Support;

namespace Keepalived.Checkers.Tests.Tcp;

public sealed class TcpCheckerTests
{
    [Test]
    public async Task Check_AServerThatListens_SucceedsAndSendsNothing()
    {
        var received = new TaskCompletionSource<int>();
        await using var server = new LoopbackServer(
            async (socket, ct) => received.TrySetResult(await socket.ReceiveAsync(new byte[10], ct)));
        var result = await Check(new ConnectionOptions { Destination = server.Address });
        Assert.That(result, Is.EqualTo(CheckResult.Success));
        Assert.That(await received.Task.WaitAsync(TimeSpan.FromSeconds(30)), Is.Zero, "an orderly end, and no byte before it");
    }

    [Test]
    public async Task Check_APortWithoutAServer_IsRefused()
    {
        var result = await Check(new ConnectionOptions { Destination = LoopbackServer.Nobody });
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(result.Reason, Does.Contain("refused").IgnoreCase);
    }

    [Test]
    public async Task Check_AServerWhoseQueueIsFull_TakesTheTimeoutAndNoMore()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var clients = new List<Socket>();
        for (var i = 0; i < 8; i++)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            clients.Add(client);
            _ = client.ConnectAsync(listener.LocalEndPoint!).ContinueWith(connect => connect.Exception, TaskScheduler.Default);
        }

        var stopwatch = Stopwatch.StartNew();
        var address = (IPEndPoint)listener.LocalEndPoint!;
        var result = await Check(new ConnectionOptions { Destination = address, Timeout = TimeSpan.FromSeconds(0.3) });
        clients.ForEach(client => client.Dispose());
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.Failure));
        Assert.That(result.Reason, Does.StartWith("timeout connecting"));
        Assert.That(stopwatch.Elapsed, Is.InRange(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Check_FromAnAddress_ComesFromThere()
    {
        var from = new TaskCompletionSource<IPEndPoint>();
        await using var server = new LoopbackServer((socket, _) =>
        {
            from.TrySetResult((IPEndPoint)socket.RemoteEndPoint!);
            return Task.CompletedTask;
        });
        var result = await Check(new ConnectionOptions { Destination = server.Address, BindAddress = IPAddress.Parse("127.0.0.77") });
        Assert.That(result.IsSuccess, result.Reason);
        Assert.That((await from.Task.WaitAsync(TimeSpan.FromSeconds(30))).Address, Is.EqualTo(IPAddress.Parse("127.0.0.77")));
    }

    [Test]
    public async Task Check_FromAPort_ComesFromThereEachTime()
    {
        var from = new System.Collections.Concurrent.ConcurrentQueue<EndPoint?>();
        await using var server = new LoopbackServer(async (socket, ct) =>
        {
            from.Enqueue(socket.RemoteEndPoint);
            await socket.ReceiveAsync(new byte[1], ct); // The checker closes first.
        });
        var address = IPAddress.Parse("127.0.0.78");
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(address, 0));
        var source = (IPEndPoint)probe.LocalEndPoint!;
        probe.Dispose();
        for (var i = 0; i < 5; i++)
        {
            var result = await Check(new ConnectionOptions { Destination = server.Address, BindAddress = address, BindPort = source.Port });
            Assert.That(result.Reason, Is.Empty);
        }

        Assert.That(() => from, Has.Count.EqualTo(5).And.All.EqualTo(source).After(10_000, 20));
    }

    [Test]
    public async Task Check_FromAnAddressThatIsNotOurs_IsNotTheServersFault()
    {
        var foreign = IPAddress.Parse("192.0.2.77");
        var result = await Check(new ConnectionOptions { Destination = LoopbackServer.Nobody, BindAddress = foreign });
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.LocalError));
        Assert.That(result.Reason, Does.StartWith("cannot bind to 192.0.2.77:0"));
    }

    [Test]
    public async Task Check_OverAnInterfaceThatIsNotThere_IsNotTheServersFault()
    {
        var result = await Check(new ConnectionOptions { Destination = LoopbackServer.Nobody, BindInterface = "nosuch0" });
        Assert.That(result.Outcome, Is.EqualTo(CheckOutcome.LocalError));
        Assert.That(result.Reason, Does.StartWith("cannot bind to interface nosuch0"));
    }

    [Test]
    public async Task Check_OverLoopbackWithAMark_Connects()
    {
        await using var server = new LoopbackServer((_, _) => Task.CompletedTask);
        var result = await Check(new ConnectionOptions { Destination = server.Address, BindInterface = "lo", FirewallMark = 7 });
        if (!Environment.IsPrivilegedProcess)
            Assert.Inconclusive("A mark needs CAP_NET_ADMIN.");
        Assert.That(result.IsSuccess, result.Reason);
    }

    [Test]
    public void Check_GivenUp_ThrowsAndNothingElse()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var checker = new TcpChecker(new ConnectionOptions { Destination = LoopbackServer.Nobody });
        Assert.That(async () => await checker.CheckAsync(cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Check_ManyTimes_LeavesNoDescriptorBehind()
    {
        await using var server = new LoopbackServer(async (socket, ct) => await socket.ReceiveAsync(new byte[1], ct));
        var checkers = new[] { server.Address, LoopbackServer.Nobody }
            .Select(address => new TcpChecker(new ConnectionOptions { Destination = address })).ToList();
        await Probe(20);
        var before = Descriptors();
        await Probe(1000);
        Assert.That(() => Descriptors(), Is.LessThan(before + 50).After(10_000, 50));

        async Task Probe(int times)
        {
            for (var i = 0; i < times; i++)
            {
                foreach (var checker in checkers)
                    await checker.CheckAsync(CancellationToken.None);
            }
        }

        static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
    }

    private static async Task<CheckResult> Check(ConnectionOptions options) =>
        await new TcpChecker(options).CheckAsync(CancellationToken.None);
}
