using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>Echo packets on a real link: affiliated and unaffiliated, returned by the kernel or by us.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class EchoTests
{
    private static readonly BfdSessionOptions WithEcho = TestLink.Quick with
    {
        EchoTxInterval = TimeSpan.FromMilliseconds(20),
        RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(20),
        EchoDetectMultiplier = 50,
    };

    [TestCase(true)]
    [TestCase(false)]
    public async Task Echo_OverIPv4_ComesBack_WhoeverForwards(bool kernelForwards)
    {
        using var link = new TestLink();
        link.SetForwarding('a', kernelForwards);
        link.SetForwarding('b', kernelForwards);
        var (a, b) = await link.ConnectAsync(options => options with { Session = WithEcho }, options => options with { Session = WithEcho });
        await TestLink.Expect(() => a.Statistics.EchoPacketsReceived > 20 && b.Statistics.EchoPacketsReceived > 20, "echoes");
        Assert.Multiple(() =>
        {
            Assert.That(a.IsEchoActive, Is.True);
            Assert.That(a.Statistics.RoundTripTime, Is.Positive);
            Assert.That(a.Statistics.Discarded(BfdDiscardReason.EchoForged), Is.Zero);
            Assert.That(a.DetectionTime, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(50)), "control packets slow down");
        });
    }

    [Test]
    public async Task Echo_OverIPv6_ComesBack()
    {
        using var link = new TestLink();
        var (a, _) = await link.ConnectAsync(
            options => options with { Address = TestLink.LinkLocalOf('b'), Session = WithEcho },
            options => options with { Address = TestLink.LinkLocalOf('a'), Session = WithEcho });
        await TestLink.Expect(() => a.Statistics.EchoPacketsReceived > 20, "echoes");
    }

    [Test]
    public async Task Echo_ThatStopsComingBack_TakesTheSessionDown()
    {
        using var link = new TestLink();
        var impatient = WithEcho with { EchoDetectMultiplier = 10 };
        var b = await link.StartAsync('b', TestLink.Neighbor('b') with { Session = WithEcho });
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Session = impatient })).Neighbors[0];
        await TestLink.Expect(() => a.Statistics.EchoPacketsReceived > 20, "echoes");
        link.Ip('b', "link set eth0 down");
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(a.Diagnostic, Is.EqualTo(BfdDiagnostic.EchoFunctionFailed));
        link.Ip('b', "link set eth0 up");
        await TestLink.Expect(a, BfdState.Up);
        Assert.That(b.Neighbors, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task UnaffiliatedEcho_NeighbourWithoutBfd_IsWatched()
    {
        using var link = new TestLink();
        link.SetForwarding('b', true);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with
        {
            LocalAddress = TestLink.AddressOf('a'),
            UnaffiliatedEcho = new BfdEchoSessionOptions { TransmitInterval = TimeSpan.FromMilliseconds(20), DetectMultiplier = 10 },
        })).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => a.Statistics.ControlPacketsReceived > 20, "packets");
        link.Ip('b', "link set eth0 down");
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(a.Diagnostic, Is.EqualTo(BfdDiagnostic.EchoFunctionFailed));
    }
}
