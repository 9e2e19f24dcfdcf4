using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Trackers;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Tests.Trackers;

/// <summary>When a number of processes counts as right.</summary>
public sealed class ProcessQuorumTests
{
    private const long Second = MonotonicClock.Second;

    private static readonly TrackProcessConfiguration Process = new()
    {
        Name = "p",
        Command = "p",
        Quorum = 2,
        QuorumMax = 3,
        ForkDelay = TimeSpan.FromSeconds(1),
        TerminateDelay = TimeSpan.FromSeconds(2),
    };

    [TestCase(1, false)]
    [TestCase(2, true)]
    [TestCase(3, true)]
    [TestCase(4, false)]
    public void Start_CountsAtOnce(int count, bool isUp) => Assert.That(new ProcessQuorum(Process, count).IsUp, Is.EqualTo(isUp));

    [Test]
    public void Forbidden_NoneIsUp()
    {
        var forbidden = Process with { Quorum = 0, QuorumMax = 0 };
        Assert.That(new ProcessQuorum(forbidden, 0).IsUp, Is.True);
        Assert.That(new ProcessQuorum(forbidden, 1).IsUp, Is.False);
    }

    [Test]
    public void WithoutDelay_CountsAtOnce()
    {
        var quorum = new ProcessQuorum(Process with { ForkDelay = default, TerminateDelay = default }, 2);
        Assert.That(quorum.SetCount(1, 5), Is.True);
        Assert.That(quorum.IsUp, Is.False);
        Assert.That(quorum.SetCount(2, 6), Is.True);
        Assert.That(quorum.NextDeadline, Is.EqualTo(MonotonicClock.Never));
    }

    [TestCase(2, 1, 2)]
    [TestCase(1, 2, 1)]
    [TestCase(3, 4, 1)]
    [TestCase(4, 3, 2)]
    public void WithDelays_TheDirectionOfTheChangeSaysWhich(int before, int after, int seconds)
    {
        var quorum = new ProcessQuorum(Process, before);
        var wasUp = quorum.IsUp;
        Assert.That(quorum.SetCount(after, 0), Is.False);
        Assert.That(quorum.NextDeadline, Is.EqualTo(seconds * Second));
        Assert.That(quorum.HandleTimeout((seconds * Second) - 1), Is.False);
        Assert.That(quorum.HandleTimeout(seconds * Second), Is.True);
        Assert.That(quorum.IsUp, Is.Not.EqualTo(wasUp));
    }

    [Test]
    public void Undone_NothingHappened()
    {
        var quorum = new ProcessQuorum(Process, 2);
        quorum.SetCount(1, 0);
        Assert.That(quorum.SetCount(2, Second), Is.False);
        Assert.That(quorum.NextDeadline, Is.EqualTo(MonotonicClock.Never));
        Assert.That(quorum.IsUp, Is.True);
    }
}
