using Keepalived.Bfd.Wire;
using Keepalived.Netlink;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>Two endpoints on a real link: sockets, timers, events.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class EndpointTests
{
    [Test]
    public async Task Session_OverIPv4_ComesUpAtTheFastRate()
    {
        using var link = new TestLink();
        var (a, b) = await link.ConnectAsync();
        await TestLink.Expect(() => a.TransmitInterval == TimeSpan.FromMilliseconds(20), "the fast rate");
        var before = b.Statistics.ControlPacketsReceived;
        await TestLink.Expect(() => b.Statistics.ControlPacketsReceived > before + 10, "packets");
        Assert.Multiple(() =>
        {
            Assert.That(a.RemoteDiscriminator, Is.EqualTo(b.LocalDiscriminator).And.Not.Zero);
            Assert.That(b.DetectionTime, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(a.Statistics.PacketsDiscarded, Is.Zero);
            Assert.That(a.SendErrors, Is.Zero);
        });
    }

    [Test]
    public async Task Session_OverLinkLocalIPv6_ComesUp()
    {
        using var link = new TestLink();
        var (a, _) = await link.ConnectAsync(
            options => options with { Address = TestLink.LinkLocalOf('b') }, options => options with { Address = TestLink.LinkLocalOf('a') });
        Assert.That(a.Statistics.ControlPacketsReceived, Is.Positive);
    }

    [Test]
    public async Task Session_Multihop_ComesUp()
    {
        using var link = new TestLink();
        await link.ConnectAsync(
            options => options with { IsMultihop = true, Interface = null, LocalAddress = TestLink.AddressOf('a') },
            options => options with { IsMultihop = true, Interface = null, LocalAddress = TestLink.AddressOf('b') });
    }

    [Test]
    public async Task Session_HopLimitBelow255_IsDiscarded()
    {
        using var link = new TestLink();
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await link.StartAsync('b', TestLink.Neighbor('b') with { HopLimit = 254 });
        await TestLink.Expect(() => a.Statistics.Discarded(BfdDiscardReason.HopLimit) > 0, "a discard");
        Assert.That(a.State, Is.EqualTo(BfdState.Down));
    }

    [Test]
    public async Task Stop_InOrder_TellsTheNeighbour()
    {
        using var link = new TestLink();
        var a = await link.StartAsync('a', TestLink.Neighbor('a'));
        var b = (await link.StartAsync('b', TestLink.Neighbor('b'))).Neighbors[0];
        await TestLink.Expect(b, BfdState.Up);
        await a.StopAsync();
        await TestLink.Expect(b, BfdState.Down);
        Assert.That(
            (b.Diagnostic, b.RemoteState, b.RemoteDiagnostic),
            Is.EqualTo((BfdDiagnostic.NeighborSignaledSessionDown, BfdState.AdminDown, BfdDiagnostic.AdministrativelyDown)));
    }

    [Test]
    public async Task Link_Cut_IsNoticedByTheDetectionTime()
    {
        using var link = new TestLink();
        static BfdNeighborOptions Short(BfdNeighborOptions options) =>
            options with { Session = options.Session with { DetectMultiplier = 5 } };
        var (a, b) = await link.ConnectAsync(Short, Short);
        link.Ip('b', "link set eth0 down");
        await TestLink.Expect(a, BfdState.Down);
        Assert.That(a.Diagnostic, Is.EqualTo(BfdDiagnostic.ControlDetectionTimeExpired));
        link.Ip('b', "link set eth0 up");
        await TestLink.Expect(a, BfdState.Up);
        await TestLink.Expect(b, BfdState.Up);
    }

    [Test]
    public async Task Events_OfAStream_BeginWithASnapshotAndFollowInOrder()
    {
        using var link = new TestLink();
        var endpoint = await link.StartAsync('a', TestLink.Neighbor('a'));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(BfdEventKind, BfdState, BfdState)>();
        await using var events = endpoint.WatchAsync(patience.Token).GetAsyncEnumerator();
        async Task Watch()
        {
            while (await events.MoveNextAsync())
                seen.Add((events.Current.Kind, events.Current.PreviousState, events.Current.State));
        }

        var watching = Watch();
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(endpoint.Neighbors[0], BfdState.Up);
        await endpoint.StopAsync();
        await watching;
        Assert.That(seen[0], Is.EqualTo((BfdEventKind.Snapshot, BfdState.Down, BfdState.Down)));
        Assert.That(seen, Does.Contain((BfdEventKind.StateChanged, BfdState.Up, BfdState.AdminDown)));
        Assert.That(seen[^1], Is.EqualTo((BfdEventKind.Stopped, BfdState.AdminDown, BfdState.AdminDown)));
    }

    [Test]
    public async Task Apply_EqualOptions_TouchesNothing_ChangedOnesPoll()
    {
        using var link = new TestLink();
        var a = await link.StartAsync('a', TestLink.Neighbor('a'));
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
        var session = a.Neighbors[0];
        await TestLink.Expect(() => session.TransmitInterval == TimeSpan.FromMilliseconds(20), "the fast rate");
        var polls = session.Statistics.PollSequences;
        await a.ApplyAsync([TestLink.Neighbor('a')]);
        Assert.That((a.Neighbors[0], session.Statistics.PollSequences), Is.EqualTo((session, polls)));

        await a.ApplyAsync([TestLink.Neighbor('a') with { Session = TestLink.Quick with { DesiredMinTxInterval = TimeSpan.FromMilliseconds(30) } }]);
        await TestLink.Expect(() => session.TransmitInterval == TimeSpan.FromMilliseconds(30), "the slower rate");
        Assert.That((a.Neighbors[0], session.State), Is.EqualTo((session, BfdState.Up)));
        Assert.That(session.Statistics.TimesDown, Is.Zero);
    }

    [Test]
    public async Task Keys_RollOver_WithoutLosingAPacket()
    {
        using var link = new TestLink();
        var (old, next) = (new BfdKey(1, BfdAuthenticationType.KeyedMd5, "old"u8), new BfdKey(2, BfdAuthenticationType.MeticulousKeyedSha1, "new"u8));
        BfdKeyChain[] steps = [new(old), new(1, old, next), new(2, old, next), new(next)];
        BfdNeighborOptions With(char station, BfdKeyChain keys) =>
            TestLink.Neighbor(station) with { Session = TestLink.Quick with { Authentication = keys } };
        var a = await link.StartAsync('a', With('a', steps[0]));
        var b = await link.StartAsync('b', With('b', steps[0]));
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
        await TestLink.Expect(b.Neighbors[0], BfdState.Up);
        foreach (var keys in steps[1..])
        {
            await a.ApplyAsync([With('a', keys)]);
            await b.ApplyAsync([With('b', keys)]);
            var before = (A: a.Neighbors[0].Statistics.ControlPacketsReceived, B: b.Neighbors[0].Statistics.ControlPacketsReceived);
            await TestLink.Expect(
                () => a.Neighbors[0].Statistics.ControlPacketsReceived > before.A + 5 && b.Neighbors[0].Statistics.ControlPacketsReceived > before.B + 5,
                "packets with these keys");
        }

        Assert.That(a.Neighbors[0].Statistics.TimesDown + b.Neighbors[0].Statistics.TimesDown, Is.Zero);
        Assert.That(a.Neighbors[0].Statistics.Discarded(BfdDiscardReason.AuthenticationFailed), Is.Zero);
    }

    [Test]
    public async Task DemandMode_OfBoth_FallsSilent_AndPollsKeepItUp()
    {
        using var link = new TestLink();
        var demand = TestLink.Quick with { DemandMode = true, DemandPollInterval = TimeSpan.FromMilliseconds(300) };
        var (a, b) = await link.ConnectAsync(options => options with { Session = demand }, options => options with { Session = demand });
        await TestLink.Expect(() => a.Statistics.PollSequencesAnswered > 4 && b.Statistics.PollSequencesAnswered > 4, "polls");
        var before = a.Statistics.ControlPacketsReceived;
        await Task.Delay(1000);
        Assert.That(a.Statistics.ControlPacketsReceived - before, Is.LessThan(30), "50 a second without demand mode");
        Assert.That((a.State, b.State), Is.EqualTo((BfdState.Up, BfdState.Up)));
    }

    [Test]
    public async Task Session_InAVrf_IsSeparateFromOneOutside()
    {
        using var link = new TestLink();
        if (!link.TryAddVrf('a', "red", 10))
            Assert.Inconclusive("The kernel has no VRF.");
        link.Ip('a', "link set eth0 master red");
        link.Ip('a', "address replace 10.92.0.1/24 dev eth0");
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { Vrf = "red" })).Neighbors[0];
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(a, BfdState.Up);
    }

    [Test]
    public async Task Apply_OtherRole_ReplacesTheSession()
    {
        using var link = new TestLink();
        var a = await link.StartAsync('a', TestLink.Neighbor('a') with { Session = TestLink.Quick with { Role = BfdRole.Passive } });
        await link.StartAsync('b', TestLink.Neighbor('b'));
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
        var old = a.Neighbors[0];
        await a.ApplyAsync([TestLink.Neighbor('a')]);
        Assert.That(a.Neighbors[0], Is.Not.SameAs(old));
        Assert.That(old.State, Is.EqualTo(BfdState.AdminDown));
        await TestLink.Expect(a.Neighbors[0], BfdState.Up);
    }

    [Test]
    public async Task Interface_ThatComesLater_StartsTheSession()
    {
        using var link = new TestLink();
        link.Ip('a', "link set eth0 down", "link set eth0 name later");
        var a = (await link.StartAsync('a', TestLink.Neighbor('a'))).Neighbors[0];
        await link.StartAsync('b', TestLink.Neighbor('b'));
        Assert.That((a.State, a.LocalDiscriminator), Is.EqualTo((BfdState.Down, 0u)));
        link.Ip('a', "link set later name eth0", "link set eth0 up");
        await TestLink.Expect(a, BfdState.Up);
    }

    [Test]
    public async Task Disabled_Session_IsAdministrativelyDownUntilEnabled()
    {
        using var link = new TestLink();
        var a = (await link.StartAsync('a', TestLink.Neighbor('a') with { IsEnabled = false })).Neighbors[0];
        var b = (await link.StartAsync('b', TestLink.Neighbor('b'))).Neighbors[0];
        await TestLink.Expect(() => b.RemoteState == BfdState.AdminDown, "word of it");
        Assert.That(a.State, Is.EqualTo(BfdState.AdminDown));
        a.SetEnabled(true);
        await TestLink.Expect(a, BfdState.Up);
    }

    [Test]
    public void Options_Mistakes_AreNamed()
    {
        var endpoint = new BfdEndpoint();
        var good = TestLink.Neighbor('a');
        Assert.Multiple(() =>
        {
            Fails("'to b'", good, good);
            Fails("the same path", good, good with { Name = "other" });
            Fails("interface", good with { Address = InetAddress.Parse("fe80::9"), Interface = null });
            Fails("HopLimit", good with { HopLimit = 256 });
            Fails("interface name", good with { Interface = "a/b" });
        });

        void Fails(string word, params BfdNeighborOptions[] options) =>
            Assert.That(() => endpoint.StartAsync(options), Throws.InstanceOf<ArgumentException>().With.Message.Contains(word));
    }
}
