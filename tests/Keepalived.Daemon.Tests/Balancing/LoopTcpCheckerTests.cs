using System.Net;
using System.Net.Sockets;
using Keepalived.Checkers;
using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>TCP_CHECK on the loop.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LoopTcpCheckerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LoopHarness _harness = new();
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoopTcpCheckerTests()
    {
        _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _server.Listen(1000);
    }

    public void Dispose()
    {
        _server.Dispose();
        _harness.Dispose();
    }

    [TestCase(true)]
    [TestCase(false, Description = "from any thread")]
    public async Task Check_AServerThatListens_IsASuccess(bool onLoop)
    {
        var checker = Checker();
        var check = onLoop ? await _harness.Call(() => checker.CheckAsync(default).AsTask()) : await checker.CheckAsync(default).AsTask().WaitAsync(Patience);
        Assert.That(check, Is.EqualTo(CheckResult.Success));
    }

    [Test]
    public async Task Check_NobodyListens_IsAFailureWithTheReason()
    {
        var checker = Checker();
        var there = _server.LocalEndPoint;
        _server.Dispose();
        var check = await checker.CheckAsync(default).AsTask().WaitAsync(Patience);
        Assert.That(check, Is.EqualTo(CheckResult.Failure($"cannot connect to {there}: Connection refused")));
    }

    [Test]
    public async Task Check_SourceThatIsNotHere_IsThisSidesProblem()
    {
        var check = await Checker(InetAddress.Parse("192.0.2.77")).CheckAsync(default).AsTask().WaitAsync(Patience);
        Assert.That(check, Is.EqualTo(CheckResult.LocalError("cannot bind to 192.0.2.77 port 0: Cannot assign requested address")));
    }

    [Test]
    public void Check_GivenUp_Throws()
    {
        using var source = new CancellationTokenSource();
        // The loop does not come to it before it is given up.
        var check = _harness.Call(() =>
        {
            var probe = Checker().CheckAsync(source.Token).AsTask();
            source.Cancel();
            return probe;
        });
        Assert.That(() => check.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Checks_TenThousand_LeaveNothingBehind()
    {
        const int Count = 10_000;
        _ = Task.Run(() =>
        {
            while (true)
            {
                try
                {
                    _server.Accept().Dispose();
                }
                catch (SocketException)
                {
                    return; // The test has ended.
                }
            }
        });
        var good = Checker();
        var bad = Checker(InetAddress.Parse("192.0.2.77"));
        await Probe(500);
        var (descriptors, bytes) = Left();
        await Probe(Count);
        Assert.That(() => Left().Descriptors, Is.LessThan(descriptors + 50).After(10_000, 50));
        Assert.That(() => Left().Bytes, Is.LessThan(bytes + 1_000_000).After(10_000, 200));

        async Task Probe(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var source = new CancellationTokenSource();
                var probe = (i % 10 == 0 ? bad : good).CheckAsync(source.Token).AsTask();
                if (i % 7 == 0)
                    await source.CancelAsync();
                try
                {
                    await probe.WaitAsync(Patience);
                }
                catch (OperationCanceledException)
                {
                    // Given up.
                }
            }
        }
    }

    private static (int Descriptors, long Bytes) Left() =>
        (Directory.GetFiles("/proc/self/fd").Length, GC.GetTotalMemory(forceFullCollection: true));

    private LoopTcpChecker Checker(InetAddress source = default) => new(_harness.Loop, new CheckConnection
    {
        Address = InetAddress.Parse("127.0.0.1"),
        Port = (ushort)((IPEndPoint)_server.LocalEndPoint!).Port,
        BindAddress = source,
    });
}
