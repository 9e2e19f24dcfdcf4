using CsCheck;
using Keepalived.Checkers.Pools;

namespace Keepalived.Checkers.Tests.Pools;

public sealed class QuorumTests
{
    [TestCase(1u, 0u, new long[] { 0, 1, 0 }, "=+-")]
    [TestCase(4u, 2u, new long[] { 5, 6, 3, 2, 1, 5, 6 }, "=+==-=+", Description = "gained at 6, lost below 2")]
    [TestCase(1u, 0u, new long[] { 5, 1, 0, 0 }, "+=-=")]
    [TestCase(3u, 2u, new long[] { 9, 1, 0 }, "+=-")]
    [TestCase(0u, 0u, new long[] { 0, 0 }, "+-", Description = "without any weight there is no quorum")]
    [TestCase(uint.MaxValue, uint.MaxValue - 1, new long[] { 8589934588, 8589934589, 1, 0 }, "=+=-", Description = "beyond 32 bits")]
    public void Evaluate_AWeight_GainsAtTheUpperAndLosesBelowTheLower(uint required, uint hysteresis, long[] weights, string expected)
    {
        var quorum = new Quorum(required, hysteresis);
        var changes = weights.Select(weight => quorum.Evaluate(weight) switch
        {
            QuorumChange.Gained => '+',
            QuorumChange.Lost => '-',
            _ => '=',
        });
        Assert.That(string.Concat(changes), Is.EqualTo(expected));
    }

    [Test]
    public void Hysteresis_NotBelowTheQuorum_IsRefused() =>
        Assert.That(() => new Quorum(3, 3), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Evaluate_AnyWeights_StaysUpOnlyWithWeightAndNeverBetweenTheThresholdsChanges() => Gen.Select(
        Gen.UInt[1, 50], Gen.UInt[0, 49], Gen.Long[0, 120].Array[1, 40]).Sample((required, margin, weights) =>
    {
        var hysteresis = margin % required;
        var quorum = new Quorum(required, hysteresis);
        foreach (var weight in weights)
        {
            var before = quorum.IsUp;
            quorum.Evaluate(weight);
            if (weight >= quorum.UpperThreshold)
                Assert.That(quorum.IsUp);
            else if (weight == 0 || weight < quorum.LowerThreshold)
                Assert.That(quorum.IsUp, Is.False);
            else
                Assert.That(quorum.IsUp, Is.EqualTo(before));
        }
    });
}
