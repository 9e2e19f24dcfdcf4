using Keepalived.Bfd.Interop.Tests.Lab;
using Keepalived.Bfd.Tests.Transport;
using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd.Interop.Tests;

/// <summary>A session between this library at station a and FRR's bfdd at station b.</summary>
internal sealed class FrrTests
{
    private static readonly string[] Rates = ["transmit-interval 20", "receive-interval 20", "detect-multiplier 50"];

    [Test]
    public async Task Session_ComesUp_IsDetected_AndComesBack()
    {
        using var link = new TestLink();
        using var frr = new Frr(link, Frr.OverIPv4, Rates);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => frr.IsUp, "bfdd says up");
        frr.Kill();
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(a.Diagnostic, Is.EqualTo(BfdDiagnostic.ControlDetectionTimeExpired));
        frr.Start();
        await TestLink.Expect(a, BfdState.Up);
    }

    [Test]
    public async Task Session_OverIPv6_ComesUp()
    {
        using var link = new TestLink();
        using var frr = new Frr(link, "fe80::1 local-address fe80::2 interface eth0", Rates);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Address = TestLink.LinkLocalOf('b') })).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => frr.IsUp, "bfdd says up");
    }

    [Test]
    public async Task Session_Multihop_ComesUp()
    {
        using var link = new TestLink();
        using var frr = new Frr(link, "10.92.0.1 multihop local-address 10.92.0.2", Rates);
        var options = TestLink.Neighbor('a') with { IsMultihop = true, Interface = null, LocalAddress = TestLink.AddressOf('a') };
        var a = (await link.StartAsync('a', options)).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => frr.IsUp, "bfdd says up");
    }

    [Test]
    public async Task Shutdown_OfFrr_IsAdministrative_AndParametersAreNegotiated()
    {
        using var link = new TestLink();
        using var frr = new Frr(link, Frr.OverIPv4, Rates);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        frr.Configure("shutdown");
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(a.RemoteState, Is.EqualTo(BfdState.AdminDown));
        frr.Configure("no shutdown");
        await TestLink.Expect(a, BfdState.Up);

        frr.Configure("receive-interval 100");
        await TestLink.Expect(() => a.TransmitInterval == TimeSpan.FromMilliseconds(100), "what bfdd can receive");
        Assert.That(a.State, Is.EqualTo(BfdState.Up));
    }

    [Test]
    public async Task Echo_RunsBothWays()
    {
        using var link = new TestLink();
        link.SetForwarding('b', true);
        using var frr = new Frr(
            link, Frr.OverIPv4, [.. Rates, "echo-mode", "echo transmit-interval 20", "echo receive-interval 20"]);
        var echo = TestLink.Quick with
        {
            EchoTxInterval = TimeSpan.FromMilliseconds(20),
            RequiredMinEchoRxInterval = TimeSpan.FromMilliseconds(20),
            EchoDetectMultiplier = 50,
        };
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Session = echo })).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => a.Statistics.EchoPacketsReceived > 50, "our echoes come back from FRR's kernel");
        await TestLink.Expect(
            () => frr.Counters.Split('\n').Any(static line => line.Contains("Echo packet input: ", StringComparison.Ordinal)
                && !line.Contains("input: 0 ", StringComparison.Ordinal)),
            "FRR's echoes come back from us");
        Assert.That((a.State, a.Statistics.TimesDown), Is.EqualTo((BfdState.Up, 0L)));
    }
}
