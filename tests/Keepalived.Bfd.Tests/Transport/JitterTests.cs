namespace Keepalived.Bfd.Tests.Transport;

/// <summary>Aligned transmissions stay within the jitter of RFC 5880 §6.8.7, with its mean.</summary>
public sealed class JitterTests
{
    private static readonly long[] Intervals = [1_000, 3_300, 3_300_000, 10_000_000, 50_000_000, 1_000_000_000, 4_294_967_295_000];

    [TestCaseSource(nameof(Intervals))]
    public void Aligned_LiesWithinTheJitter_AndAveragesAsDrawn(long interval)
    {
        var random = new Random(7);
        foreach (var multiplier in (int[])[1, 3])
        {
            var sum = 0.0;
            const int Draws = 20_000;
            for (var i = 0; i < Draws; i++)
            {
                var last = random.NextInt64(1L << 50);
                var draw = BfdJitter.Draw(random, multiplier);
                var next = BfdJitter.Align(last, interval, draw, multiplier) - last;
                Assert.That(next, Is.InRange(interval * 3 / 4, multiplier == 1 ? interval * 9 / 10 : interval));
                sum += next;
            }

            Assert.That(sum / Draws / interval, Is.EqualTo(multiplier == 1 ? 0.825 : 0.875).Within(0.005));
        }
    }

    [Test]
    public void Aligned_ManySessions_LeaveTogether()
    {
        var random = new Random(1);
        var times = Enumerable.Range(0, 1000)
            .Select(_ => BfdJitter.Align(random.NextInt64(10_000_000), 10_000_000, BfdJitter.Draw(random, 3), 3)).Distinct().Count();
        Assert.That(times, Is.LessThan(20));
    }
}
