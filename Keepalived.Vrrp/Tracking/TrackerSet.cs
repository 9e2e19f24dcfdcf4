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

    private readonly List<(TrackerWeight Weight, TrackedState State)> _trackers = [];
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
    public int Add(TrackerWeight weight, TrackedState state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(weight.Weight), TrackerWeight.Limit, nameof(weight));
        _trackers.Add((weight, state));
        Count(weight, state, 1);
        return _trackers.Count - 1;
    }

    /// <summary>Reports the state of a tracker; true if any of the results changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tracker.</exception>
    public bool SetState(int tracker, TrackedState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tracker);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tracker, _trackers.Count);
        var (weight, old) = _trackers[tracker];
        if (old == state)
            return false;
        var before = (_contributions, FaultCount, PendingCount);
        Count(weight, old, -1);
        Count(weight, state, 1);
        _trackers[tracker] = (weight, state);
        return before != (_contributions, FaultCount, PendingCount);
    }

    private void Count(TrackerWeight weight, TrackedState state, int sign)
    {
        _contributions += sign * weight.Contribution(state);
        if (weight.Faults(state))
            FaultCount += sign;
        if (weight.IsFault && state == TrackedState.Initializing)
            PendingCount += sign;
    }
}
