namespace Keepalived.Vrrp.Tracking;

/// <summary>
/// What a tracked object does to a virtual router: with a weight it adds to the priority, without one (0) its failure is a fault.
/// </summary>
/// <param name="Weight">-253 to 253. Positive: added while the object is up. Negative: added while it is down. 0: down is a fault.</param>
/// <param name="Reverse">Whether up and down count the other way round: the sign of the contribution for a weight, the faulty state without one.</param>
public readonly record struct TrackerWeight(int Weight, bool Reverse = false)
{
    /// <summary>The largest weight either way: more could never matter between priorities 1 and 254.</summary>
    public const int Limit = 253;

    /// <summary>Whether the object's failure is a fault rather than a change of priority.</summary>
    public bool IsFault => Weight == 0;

    /// <summary>What an object in <paramref name="state"/> adds to the priority.</summary>
    public int Contribution(TrackedState state) => state switch
    {
        TrackedState.Up when Weight > 0 => Reverse ? -Weight : Weight,
        TrackedState.Down when Weight < 0 => Reverse ? -Weight : Weight,
        _ => 0,
    };

    /// <summary>Whether an object in <paramref name="state"/> faults the virtual router. An unknown state does not; it only holds the router back.</summary>
    public bool Faults(TrackedState state) => IsFault && state == (Reverse ? TrackedState.Up : TrackedState.Down);
}
