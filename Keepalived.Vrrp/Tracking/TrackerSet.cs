namespace Keepalived.Vrrp.Tracking;

/// <summary>
/// The tracked objects of one virtual router and what they add up to: an effective priority, and whether any of them is a reason for a
/// fault. Pure: the caller reports states and hands the results to the state machine.
/// </summary>
/// <remarks>The effective priority is the base priority plus all contributions, kept within 1 and 254; an address owner (255) stays 255 (RFC 9568 section 5.2.4).</remarks>
public sealed class TrackerSet
{
    /// <summary>The priority of the owner of the addresses, which no tracker changes.</summary>
    private const byte OwnerPriority = 255;

    private Tracker[] _trackers = [];
    private int _contributions;

    /// <summary>A set without trackers.</summary>
    /// <param name="basePriority">The configured priority, 1 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">The priority is 0.</exception>
    public TrackerSet(byte basePriority)
    {
        ArgumentOutOfRangeException.ThrowIfZero(basePriority);
        BasePriority = basePriority;
    }

    /// <summary>The configured priority.</summary>
    public byte BasePriority { get; }

    /// <summary>The base priority and all contributions, not limited.</summary>
    public int TotalPriority => BasePriority + _contributions;

    /// <summary>The priority to advertise: 1 to 254, or 255 for the owner.</summary>
    public byte EffectivePriority => BasePriority == OwnerPriority ? OwnerPriority : (byte)Math.Clamp(TotalPriority, 1, 254);

    /// <summary>How many trackers are a reason for a fault now.</summary>
    public int FaultCount { get; private set; }

    /// <summary>How many unweighted trackers have not reported once: until all have, the virtual router must not start.</summary>
    public int PendingCount { get; private set; }

    /// <summary>Adds a tracker and returns its number, to be used with <see cref="SetState"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is beyond <see cref="TrackerWeight.Limit"/>.</exception>
    public int Add(TrackerWeight weight, TrackedState state) => Add(new Tracker(weight, IsNumber: false, state, 0));

    /// <summary>Adds a tracker of a number and returns its number in the set, to be used with <see cref="SetNumber"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is beyond <see cref="TrackerWeight.Limit"/>.</exception>
    public int AddNumber(TrackerWeight weight, int number) => Add(new Tracker(weight, IsNumber: true, TrackedState.Up, number));

    /// <summary>Reports the state of a tracker; true if any of the results changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tracker.</exception>
    public bool SetState(int tracker, TrackedState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tracker);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tracker, _trackers.Length);
        return Replace(tracker, _trackers[tracker] with { State = state });
    }

    /// <summary>Reports the number of a tracker; true if any of the results changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tracker.</exception>
    public bool SetNumber(int tracker, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tracker);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tracker, _trackers.Length);
        return Replace(tracker, _trackers[tracker] with { Number = number });
    }

    private int Add(in Tracker tracker)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(tracker.Weight.Weight), TrackerWeight.Limit, nameof(tracker));
        _trackers = [.. _trackers, tracker];
        Count(tracker, 1);
        return _trackers.Length - 1;
    }

    private bool Replace(int index, in Tracker tracker)
    {
        var before = (_contributions, FaultCount, PendingCount);
        Count(_trackers[index], -1);
        Count(tracker, 1);
        _trackers[index] = tracker;
        return before != (_contributions, FaultCount, PendingCount);
    }

    private void Count(in Tracker tracker, int sign)
    {
        var (weight, isNumber, state, number) = tracker;
        _contributions += sign * (isNumber ? weight.Contribution(number) : weight.Contribution(state));
        if (isNumber ? weight.Faults(number) : weight.Faults(state))
            FaultCount += sign;
        if (!isNumber && weight.IsFault && state == TrackedState.Initializing)
            PendingCount += sign;
    }

    private readonly record struct Tracker(TrackerWeight Weight, bool IsNumber, TrackedState State, int Number);
}
