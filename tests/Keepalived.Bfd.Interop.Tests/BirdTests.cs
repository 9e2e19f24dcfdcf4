using Keepalived.Bfd.Interop.Tests.Lab;
using Keepalived.Bfd.Tests.Transport;
using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd.Interop.Tests;

/// <summary>A session between this library at station a and BIRD at station b.</summary>
internal sealed class BirdTests
{
    private const string Secret = "bfdsecret";

    [Test]
    public async Task Session_ComesUp_AtTheRateOfBoth()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
        await TestLink.Expect(() => a.TransmitInterval == TimeSpan.FromMilliseconds(20), "the fast rate");
        Assert.That(a.DetectionTime, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(a.Statistics.PacketsDiscarded, Is.Zero);
    }

    [Test]
    public async Task Session_OverIPv6_ComesUp()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, "neighbor fe80::1 dev \"eth0\" local fe80::2;");
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Address = TestLink.LinkLocalOf('b') })).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
    }

    [Test]
    public async Task Session_Multihop_ComesUp()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, "neighbor 10.92.0.1 local 10.92.0.2 multihop on;");
        var options = TestLink.Neighbor('a') with { IsMultihop = true, Interface = null, LocalAddress = TestLink.AddressOf('a') };
        var a = (await link.StartAsync('a', options)).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
    }

    [TestCase("simple", BfdAuthenticationType.SimplePassword)]
    [TestCase("keyed md5", BfdAuthenticationType.KeyedMd5)]
    [TestCase("meticulous keyed md5", BfdAuthenticationType.MeticulousKeyedMd5)]
    [TestCase("keyed sha1", BfdAuthenticationType.KeyedSha1)]
    [TestCase("meticulous keyed sha1", BfdAuthenticationType.MeticulousKeyedSha1)]
    public async Task Authentication_OfEachKind_IsUnderstoodByBoth(string kind, BfdAuthenticationType type)
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4, Authentication(kind, Secret));
        var a = (await link.StartAsync('a', Authenticated(type, "bfdsecret"u8))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
        var before = a.Statistics.ControlPacketsReceived;
        await TestLink.Expect(() => a.Statistics.ControlPacketsReceived > before + 50, "packets");
        Assert.That((a.State, a.Statistics.PacketsDiscarded, a.Statistics.TimesDown), Is.EqualTo((BfdState.Up, 0L, 0L)));
    }

    [Test]
    public async Task Authentication_WithAnotherSecret_KeepsBothDown()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4, Authentication("keyed sha1", "other"));
        var a = (await link.StartAsync('a', Authenticated(BfdAuthenticationType.KeyedSha1, "bfdsecret"u8))).Neighbors[0];
        await TestLink.Expect(() => a.Statistics.Discarded(BfdDiscardReason.AuthenticationFailed) >= 2, "discards");
        Assert.That((a.State, bird.IsUp), Is.EqualTo((BfdState.Down, false)));
    }

    [Test]
    public async Task Kill_OfBird_IsDetected_AndItsRestartToo()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => a.DetectionTime == TimeSpan.FromSeconds(1), "the fast rate of BIRD");
        bird.Kill();
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(a.Diagnostic, Is.EqualTo(BfdDiagnostic.ControlDetectionTimeExpired));
        bird.Start();
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
    }

    [Test]
    public async Task AdminDown_OfOurs_EndsTheSessionAndItComesBack()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");

        a.SetEnabled(false);
        await TestLink.Expect(() => !bird.IsUp, "BIRD says down");
        Assert.That(a.RemoteDiagnostic, Is.EqualTo(BfdDiagnostic.NeighborSignaledSessionDown));
        a.SetEnabled(true);
        await TestLink.Expect(a, BfdState.Up);
    }

    [Test]
    public async Task Disable_OfBird_IsSilence_AndItsReturnIsNoticed()
    {
        // BIRD 2.0.12 forgets a session that is disabled without a word: there is no AdminDown on the wire to be followed.
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);

        // Until BIRD has announced its fast rate, 50 of the slow one may be missed.
        await TestLink.Expect(() => a.DetectionTime == TimeSpan.FromSeconds(1), "the fast rate of BIRD");
        var discriminator = a.RemoteDiscriminator;

        bird.Ask("disable", "bfd1");
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(
            (a.Diagnostic, a.RemoteDiscriminator), Is.EqualTo((BfdDiagnostic.ControlDetectionTimeExpired, 0u)));
        bird.Ask("enable", "bfd1");
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
        Assert.That(a.RemoteDiscriminator, Is.Not.EqualTo(discriminator));
    }

    [Test]
    public async Task Stop_InOrder_IsToldBeforeTheDetectionTime()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var endpoint = await link.StartAsync('a', TestLink.Neighbor('a'));
        await TestLink.Expect(endpoint.Neighbors[0], BfdState.Up);
        await TestLink.Expect(() => bird.IsUp, "BIRD says up");
        await endpoint.StopAsync();
        Assert.That(bird.IsUp, Is.False);
    }

    [Test]
    public async Task Parameters_ChangedByEither_AreNegotiatedWithoutALoss()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var endpoint = await link.StartAsync('a', TestLink.Neighbor('a'));
        var a = endpoint.Neighbors[0];
        await TestLink.Expect(() => a.TransmitInterval == TimeSpan.FromMilliseconds(20), "the fast rate");
        var slower = TestLink.Quick with
        {
            DesiredMinTxInterval = TimeSpan.FromMilliseconds(40),
            RequiredMinRxInterval = TimeSpan.FromMilliseconds(60),
        };
        await endpoint.ApplyAsync([TestLink.Neighbor('a') with { Session = slower }]);
        await TestLink.Expect(() => a.TransmitInterval == TimeSpan.FromMilliseconds(40), "our slower rate");
        await TestLink.Expect(() => a.DetectionTime == TimeSpan.FromSeconds(3), "50 intervals of 60 ms");

        bird.Reconfigure(Bird.OverIPv4, "min rx interval 80 ms; min tx interval 100 ms; multiplier 40;");
        await TestLink.Expect(() => a.TransmitInterval == TimeSpan.FromMilliseconds(80), "what BIRD can receive");
        await TestLink.Expect(() => a.DetectionTime == TimeSpan.FromSeconds(4), "40 intervals of 100 ms");
        Assert.That((a.State, a.Statistics.TimesDown, a.Statistics.PacketsDiscarded), Is.EqualTo((BfdState.Up, 0L, 0L)));
    }

    [Test]
    public async Task DemandMode_OfOurs_SilencesNobodyWhoDoesNotKnowIt_OrIsFollowed()
    {
        using var link = new TestLink();
        using var bird = new Bird(link, Bird.OverIPv4);
        var demand = TestLink.Quick with { DemandMode = true, DemandPollInterval = TimeSpan.FromMilliseconds(200) };
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Session = demand })).Neighbors[0];
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(() => a.Statistics.PollSequencesAnswered > 5, "answered polls");
        Assert.That(a.State, Is.EqualTo(BfdState.Up));
    }

    private static string Authentication(string kind, string secret) =>
        $$"""authentication {{kind}}; password "{{secret}}" { id 7; };""";

    private static BfdNeighborOptions Authenticated(BfdAuthenticationType type, ReadOnlySpan<byte> secret) =>
        TestLink.Neighbor('a') with { Session = TestLink.Quick with { Authentication = new BfdKeyChain(new BfdKey(7, type, secret)) } };
}
