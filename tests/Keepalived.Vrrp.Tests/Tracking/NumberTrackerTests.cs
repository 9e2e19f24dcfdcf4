using Keepalived.Vrrp.Tracking;

namespace Keepalived.Vrrp.Tests.Tracking;

/// <summary>Trackers of a number, as of a file: the weight is a factor.</summary>
public sealed class NumberTrackerTests
{
    [TestCase(10, 1, false, 10)]
    [TestCase(10, -2, false, -20)]
    [TestCase(10, 2, true, -20)]
    [TestCase(-20, 2, true, 40)]
    [TestCase(100, 100, false, 253)]
    [TestCase(253, -1, false, -253)]
    [TestCase(254, -1, false, 0)]
    [TestCase(int.MaxValue, 254, false, 253)]
    [TestCase(int.MinValue, 254, false, 0)]
    [TestCase(5, 0, false, 0)]
    public void Contribution_IsTheProductWithinBounds(int number, int weight, bool reverse, int expected) =>
        Assert.That(new TrackerWeight(weight, reverse).Contribution(number), Is.EqualTo(expected));

    [TestCase(253, -1, false, false)]
    [TestCase(254, -1, false, true)]
    [TestCase(254, 1, true, true)]
    [TestCase(int.MinValue, 254, false, true)]
    [TestCase(0, 0, false, false)]
    [TestCase(-1, 0, false, true)]
    [TestCase(0, 0, true, true)]
    [TestCase(1, 0, true, false)]
    public void Faults_AtMinus254OrWithoutWeightWhenNotZero(int number, int weight, bool reverse, bool expected) =>
        Assert.That(new TrackerWeight(weight, reverse).Faults(number), Is.EqualTo(expected));

    [Test]
    public void SetNumber_ChangesPriorityAndFault()
    {
        var trackers = new TrackerSet(100);
        var file = trackers.AddNumber(new TrackerWeight(-1), 0);
        Assert.That(trackers.SetNumber(file, 30), Is.True);
        Assert.That(trackers.EffectivePriority, Is.EqualTo(70));
        Assert.That(trackers.SetNumber(file, 30), Is.False);
        Assert.That(trackers.SetNumber(file, 254), Is.True);
        Assert.That((trackers.EffectivePriority, trackers.FaultCount), Is.EqualTo((100, 1)));
        Assert.That(trackers.PendingCount, Is.Zero);
    }
}
