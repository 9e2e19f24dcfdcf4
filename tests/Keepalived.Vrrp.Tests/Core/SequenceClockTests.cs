using CsCheck;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>Numbers that follow the clock and grow in any case, and the memory of those heard.</summary>
public sealed class SequenceClockTests
{
    private const long Second = RouterHarness.Second;
    private const ulong SecondUnits = 1UL << 32;
    private static readonly InetAddress Peer = RouterHarness.LowerAddress;

    [Test]
    public void FromTime_HalfASecond_IsSecondsAndFraction() =>
        Assert.That(SequenceClock.FromTime((0x6a000000L * Second) + (Second / 2)), Is.EqualTo(0x6a000000_8000_0000));

    [Test]
    public void Next_ClockMovedOn_IsTheClock()
    {
        var clock = new SequenceClock();
        clock.Next(100 * Second, 5);
        Assert.That(clock.Next(101 * Second, 5), Is.EqualTo(101 * SecondUnits));
    }

    [Test]
    public void Next_ClockStandsStill_CountsAndCarries()
    {
        var clock = new SequenceClock();
        var first = clock.Next(100 * Second, 5);
        Assert.That(clock.Next(100 * Second, 5), Is.EqualTo(first + 1));
        for (var i = 2; i < 0x10000; i++)
            clock.Next(100 * Second, 5);
        Assert.That(clock.Next(100 * Second, 5), Is.EqualTo(first + 0x10000), "into the fraction");
    }

    [Test]
    public void Next_ClockSetBackWithinTheWindow_Counts()
    {
        var clock = new SequenceClock();
        var last = clock.Next(100 * Second, 5);
        Assert.That(clock.Next(96 * Second, 5), Is.EqualTo(last + 1));
    }

    [Test]
    public void Next_ClockSetBackFurther_FollowsIt()
    {
        var clock = new SequenceClock();
        clock.Next(100 * Second, 5);
        Assert.That(clock.Next(90 * Second, 5), Is.EqualTo(90 * SecondUnits));
    }

    [Test]
    public void Next_WithoutWindow_NeverGoesBack()
    {
        var clock = new SequenceClock();
        var last = clock.Next(100 * Second, null);
        Assert.That(clock.Next(Second, null), Is.EqualTo(last + 1));
    }

    [Test]
    public void Next_SecondsWrapAround_IsStillAfter()
    {
        var clock = new SequenceClock();
        var last = clock.Next(uint.MaxValue * Second, 5);
        var next = clock.Next((uint.MaxValue + 1L) * Second, 5);
        Assert.That(next, Is.Zero);
        Assert.That(SequenceClock.IsAfter(next, last), Is.True);
        Assert.That(SequenceClock.SecondsAhead(next, last), Is.EqualTo(1));
    }

    [Test]
    public void Next_AnyClockWithoutWindow_Grows() => Gen.Long[0, 8_000_000_000 * Second].Array[2, 30].Sample(static times =>
    {
        var clock = new SequenceClock();
        var last = clock.Next(times[0], null);
        foreach (var time in times.AsSpan(1))
        {
            var next = clock.Next(time, null);
            if (!SequenceClock.IsAfter(next, last))
                return false;
            last = next;
        }

        return true;
    });

    [Test]
    public void TryAdvance_SameOrOlderNumber_IsRefused()
    {
        var marks = new ReplayMarks(4);
        Assert.That(marks.TryAdvance(Peer, 10 * SecondUnits, 10 * SecondUnits, 5), Is.True);
        Assert.That(marks.TryAdvance(Peer, 10 * SecondUnits, 10 * SecondUnits, 5), Is.False);
        Assert.That(marks.TryAdvance(Peer, (10 * SecondUnits) - 1, 10 * SecondUnits, 5), Is.False);
        Assert.That(marks.TryAdvance(Peer, (10 * SecondUnits) + 1, 10 * SecondUnits, 5), Is.True);
    }

    [TestCase(5, true)]
    [TestCase(null, false)]
    public void TryAdvance_MarkOutsideTheWindow_IsForgottenWithOneOnly(int? window, bool accepted)
    {
        var marks = new ReplayMarks(4);
        marks.TryAdvance(Peer, 100 * SecondUnits, 100 * SecondUnits, window);
        Assert.That(marks.TryAdvance(Peer, 90 * SecondUnits, 90 * SecondUnits, window), Is.EqualTo(accepted));
    }

    [Test]
    public void TryAdvance_MoreSendersThanPlaces_ForgetsTheOneSilentLongest()
    {
        var marks = new ReplayMarks(4);
        for (var i = 0u; i < 4; i++)
            marks.TryAdvance(InetAddress.FromIPv4(i + 1), 10, 0, null);
        marks.TryAdvance(InetAddress.FromIPv4(1), 11, 0, null);
        marks.TryAdvance(InetAddress.FromIPv4(5), 10, 0, null);

        Assert.That(marks.TryAdvance(InetAddress.FromIPv4(1), 11, 0, null), Is.False, "spoke again");
        Assert.That(marks.TryAdvance(InetAddress.FromIPv4(3), 10, 0, null), Is.False);
        Assert.That(marks.TryAdvance(InetAddress.FromIPv4(4), 10, 0, null), Is.False);
        Assert.That(marks.TryAdvance(InetAddress.FromIPv4(5), 10, 0, null), Is.False);
        Assert.That(marks.TryAdvance(InetAddress.FromIPv4(2), 10, 0, null), Is.True, "forgotten");
    }

    [Test]
    public void CopyFrom_SendersThatStillCount_KeepsThem()
    {
        var old = new ReplayMarks(4);
        for (var i = 0u; i < 4; i++)
            old.TryAdvance(InetAddress.FromIPv4(i + 1), 10, 0, null);
        var marks = new ReplayMarks(1);
        marks.CopyFrom(old, static source => source == InetAddress.FromIPv4(2));
        Assert.That(marks.TryAdvance(InetAddress.FromIPv4(2), 10, 0, null), Is.False);
    }
}
