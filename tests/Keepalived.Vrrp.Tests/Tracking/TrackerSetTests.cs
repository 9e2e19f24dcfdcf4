using CsCheck;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Vrrp.Tests.Tracking;

public sealed class TrackerSetTests
{
    [TestCase(10, false, TrackedState.Up, 110)]
    [TestCase(10, false, TrackedState.Down, 100)]
    [TestCase(10, true, TrackedState.Up, 90)]
    [TestCase(10, true, TrackedState.Down, 100)]
    [TestCase(-10, false, TrackedState.Up, 100)]
    [TestCase(-10, false, TrackedState.Down, 90)]
    [TestCase(-10, true, TrackedState.Down, 110)]
    [TestCase(10, false, TrackedState.Initializing, 100)]
    [TestCase(-10, false, TrackedState.Initializing, 100)]
    public void Weight_State_Contributes(int weight, bool reverse, TrackedState state, int expected)
    {
        var set = new TrackerSet(100);
        set.Add(new TrackerWeight(weight, reverse), state);
        Assert.That((set.EffectivePriority, set.FaultCount, set.PendingCount), Is.EqualTo(((byte)expected, 0, 0)));
    }

    [TestCase(false, TrackedState.Up, 0, 0)]
    [TestCase(false, TrackedState.Down, 1, 0)]
    [TestCase(true, TrackedState.Up, 1, 0)]
    [TestCase(true, TrackedState.Down, 0, 0)]
    [TestCase(false, TrackedState.Initializing, 0, 1)]
    public void Unweighted_State_FaultsOrHoldsBack(bool reverse, TrackedState state, int faults, int pending)
    {
        var set = new TrackerSet(100);
        set.Add(new TrackerWeight(0, reverse), state);
        Assert.That((set.EffectivePriority, set.FaultCount, set.PendingCount), Is.EqualTo(((byte)100, faults, pending)));
    }

    [TestCase(100, 253, 254)]
    [TestCase(100, -253, 1)]
    [TestCase(255, -253, 255)]
    public void Sum_BeyondTheLimits_IsClampedUnlessOwner(int priority, int weight, int expected)
    {
        var set = new TrackerSet((byte)priority);
        set.Add(new TrackerWeight(weight), weight > 0 ? TrackedState.Up : TrackedState.Down);
        Assert.That(set.EffectivePriority, Is.EqualTo((byte)expected));
        Assert.That(set.TotalPriority, Is.EqualTo(priority + weight));
    }

    [Test]
    public void SetState_SameState_ReportsNoChange()
    {
        var set = new TrackerSet(100);
        var tracker = set.Add(new TrackerWeight(5), TrackedState.Initializing);
        Assert.That(set.SetState(tracker, TrackedState.Down), Is.False, "a positive weight adds nothing in either state");
        Assert.That(set.SetState(tracker, TrackedState.Up), Is.True);
        Assert.That(set.SetState(tracker, TrackedState.Up), Is.False);
    }

    [Test]
    public void Add_WeightBeyondLimit_Throws() =>
        Assert.That(() => new TrackerSet(100).Add(new TrackerWeight(255), TrackedState.Up), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void AnyHistory_EqualsAFreshSetOfTheSameStates()
    {
        var states = Gen.Enum<TrackedState>();
        var weights = Gen.Select(Gen.Int[-253, 253], Gen.Bool, (w, r) => new TrackerWeight(w, r)).Array[1, 6];
        Gen.Select(weights, Gen.Select(Gen.Int[0, 5], states).Array[0, 40]).Sample((trackers, changes) =>
        {
            var lived = new TrackerSet(100);
            var final = trackers.Select(_ => TrackedState.Initializing).ToArray();
            foreach (var weight in trackers)
                lived.Add(weight, TrackedState.Initializing);
            foreach (var (index, state) in changes)
            {
                var tracker = index % trackers.Length;
                lived.SetState(tracker, state);
                final[tracker] = state;
            }

            var fresh = new TrackerSet(100);
            for (var i = 0; i < trackers.Length; i++)
                fresh.Add(trackers[i], final[i]);
            return (lived.EffectivePriority, lived.FaultCount, lived.PendingCount) == (fresh.EffectivePriority, fresh.FaultCount, fresh.PendingCount);
        });
    }
}
