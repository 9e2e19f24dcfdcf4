using CsCheck;
using Keepalived.Netlink.Io;

namespace Keepalived.Netlink.Tests.Io;

public sealed class DurationHistogramTests
{
    [Test]
    public void Percentile_AnyDurations_IsWithinAnEighthOfTheTrueOne() =>
        Gen.Select(Gen.Long[0, long.MaxValue >> 1].Array[1, 200], Gen.Double[0, 100]).Sample((durations, percent) =>
        {
            var histogram = new DurationHistogram();
            foreach (var duration in durations)
                histogram.Record(duration);
            Array.Sort(durations);
            var rank = Math.Max(1, (int)Math.Ceiling(durations.Length * percent / 100));
            var exact = durations[rank - 1];
            var measured = histogram.Percentile(percent);
            return measured >= exact && measured <= exact + (exact / 8) + 1;
        });

    [Test]
    public void Record_Extremes_AreCounted()
    {
        var histogram = new DurationHistogram();
        histogram.Record(-5);
        histogram.Record(long.MaxValue);

        Assert.Multiple(() =>
        {
            Assert.That(histogram.Count, Is.EqualTo(2));
            Assert.That(histogram.Maximum, Is.EqualTo(long.MaxValue));
            Assert.That(histogram.Last, Is.EqualTo(long.MaxValue));
            Assert.That(histogram.Percentile(50), Is.Zero);
            Assert.That(histogram.Percentile(100), Is.EqualTo(long.MaxValue));
        });
    }

    [Test]
    public void Percentile_Empty_IsZero() => Assert.That(new DurationHistogram().Percentile(99), Is.Zero);
}
