using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

public sealed class GratuitousPacerTests
{
    private const long Start = 77 * RouterHarness.Second;

    private static readonly object Owner = new();

    [Test]
    public void TryDequeue_WithoutInterval_GivesRoundAfterRoundAtOnce()
    {
        var pacer = new GratuitousPacer(TimeSpan.Zero, TimeSpan.Zero);
        pacer.Enqueue(Target("10.0.0.1"), 2);
        pacer.Enqueue(Target("10.0.0.2"), 2);

        Assert.That(pacer.NextDeadline, Is.LessThan(Start));
        Assert.That(Drain(pacer, Start), Is.EqualTo(new[] { "10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.2" }));
        Assert.That(pacer.NextDeadline, Is.EqualTo(MonotonicClock.Never));
    }

    [Test]
    public void TryDequeue_WithInterval_GivesOneAnInterval()
    {
        var pacer = new GratuitousPacer(TimeSpan.FromMilliseconds(100), TimeSpan.Zero);
        pacer.Enqueue(Target("10.0.0.1"), 1);
        pacer.Enqueue(Target("10.0.0.2"), 1);

        Assert.That(Drain(pacer, Start), Is.EqualTo(new[] { "10.0.0.1" }));
        Assert.That(pacer.NextDeadline, Is.EqualTo(Start + (100 * RouterHarness.Millisecond)));
        Assert.That(Drain(pacer, Start + (99 * RouterHarness.Millisecond)), Is.Empty);
        Assert.That(Drain(pacer, Start + (100 * RouterHarness.Millisecond)), Is.EqualTo(new[] { "10.0.0.2" }));
    }

    [Test]
    public void TryDequeue_Families_ArePacedApart()
    {
        var pacer = new GratuitousPacer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        pacer.Enqueue(Target("10.0.0.1"), 2);
        pacer.Enqueue(Target("fe80::1"), 2);

        Assert.That(Drain(pacer, Start), Is.EqualTo(new[] { "10.0.0.1", "fe80::1" }));
    }

    [Test]
    public void Enqueue_WaitingAlready_DoesNotAddUp()
    {
        var pacer = new GratuitousPacer(TimeSpan.Zero, TimeSpan.Zero);
        pacer.Enqueue(Target("10.0.0.1"), 3);
        pacer.Enqueue(Target("10.0.0.1"), 5);
        pacer.Enqueue(Target("10.0.0.1"), 1);

        Assert.That(pacer.Pending, Is.EqualTo(5));
    }

    [Test]
    public void Cancel_Owner_KeepsTheOthers()
    {
        var other = new object();
        var pacer = new GratuitousPacer(TimeSpan.Zero, TimeSpan.Zero);
        pacer.Enqueue(Target("10.0.0.1"), 2);
        pacer.Enqueue(new GratuitousTarget(other, 1, InetAddress.Parse("10.0.0.2")), 2);
        pacer.Enqueue(Target("fe80::1"), 2);
        pacer.TryDequeue(Start, out _);
        pacer.Cancel(Owner);

        Assert.That(Drain(pacer, Start), Is.EqualTo(new[] { "10.0.0.2", "10.0.0.2" }));
    }

    [Test]
    public void TryDequeue_SteadyState_AllocatesNothing()
    {
        var pacer = new GratuitousPacer(TimeSpan.Zero, TimeSpan.Zero);
        var target = Target("10.0.0.1");
        Cycle(pacer, target, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Cycle(pacer, target, 1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Cycle(GratuitousPacer pacer, in GratuitousTarget target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            pacer.Enqueue(target, 2);
            while (pacer.TryDequeue(Start, out _))
            {
            }
        }
    }

    private static GratuitousTarget Target(string address) => new(Owner, 1, InetAddress.Parse(address));

    private static List<string> Drain(GratuitousPacer pacer, long now)
    {
        var sent = new List<string>();
        while (pacer.TryDequeue(now, out var target))
            sent.Add(target.Address.ToString());
        return sent;
    }
}
