using System.Collections.Concurrent;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Daemon.Trackers;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keepalived.Daemon.Tests.Trackers;

/// <summary>What the VRRP child makes of the checkers' words about quorums.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TrackVirtualServersTests
{
    private readonly LoopHarness _harness = new();
    private readonly ConcurrentQueue<(string, bool)> _told = new();

    [TearDown]
    public void StopLoop() => _harness.Dispose();

    [Test]
    public void Quorum_OfTracked_IsReportedAtEachChange()
    {
        var tracked = Make();
        Use(tracked, "web");
        Assert.That(_told, Is.Empty, "nothing is known");
        Hear(tracked, "web", true);
        Hear(tracked, "web", true);
        Hear(tracked, "other", true);
        Hear(tracked, "web", false);
        Assert.That(_told, Is.EqualTo(new[] { ("web", true), ("web", false) }));
    }

    [Test]
    public void Quorum_HeardBeforeTheConfiguration_IsReportedWithIt()
    {
        var tracked = Make();
        Hear(tracked, "web", true);
        Use(tracked, "web");
        Assert.That(_told, Is.EqualTo(new[] { ("web", true) }));
    }

    [Test]
    public void Reload_WhatIsTrackedNoMore_IsForgotten()
    {
        var tracked = Make();
        Use(tracked, "web");
        Hear(tracked, "web", true);
        Use(tracked);
        Hear(tracked, "mail", false);
        Use(tracked, "web", "mail");
        Assert.That(_told, Is.EqualTo(new[] { ("web", true), ("mail", false) }), "of web nothing is known any more");
    }

    [Test]
    public void Silence_CountsAsNoQuorumAfterAWhile()
    {
        var tracked = Make(patience: 20 * MonotonicClock.Millisecond);
        Use(tracked, "web", "mail");
        Hear(tracked, "mail", true);
        Assert.That(() => _told.ToArray(), Is.EqualTo(new[] { ("mail", true), ("web", false) }).After(5000, 10));
        Hear(tracked, "web", true);
        Assert.That(_told.Last(), Is.EqualTo(("web", true)));
    }

    [Test]
    public void WithoutACheckerProcess_NobodyIsWaitedFor()
    {
        var tracked = Make();
        _harness.Call(() =>
        {
            tracked.Use(["web"], areChecked: false);
            return 0;
        });
        Assert.That(_told, Is.EqualTo(new[] { ("web", false) }));
    }

    private TrackVirtualServers Make(long patience = 60 * MonotonicClock.Second) => _harness.Call(() =>
        new TrackVirtualServers(_harness.Loop, NullLogger.Instance, (name, hasQuorum) => _told.Enqueue((name, hasQuorum))) { Patience = patience });

    private void Use(TrackVirtualServers tracked, params string[] names) => _harness.Call(() =>
    {
        tracked.Use(names, areChecked: true);
        return 0;
    });

    private void Hear(TrackVirtualServers tracked, string name, bool hasQuorum) => _harness.Call(() =>
    {
        tracked.OnQuorum(name, hasQuorum);
        return 0;
    });
}
