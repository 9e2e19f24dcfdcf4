namespace Keepalived.Vrrp.Tracking;

/// <summary>
/// What a tracked object does to a virtual router: with a weight it adds to the priority, without one (0) its failure is a fault.
/// </summary>
/// <param name="Weight">
/// -254 to 254. Positive: added while the object is up. Negative: added while it is down. 0: down is a fault. Of an object with a number:
/// the factor on it; 0: a number other than 0 is a fault.
/// </param>
/// <param name="Reverse">Whether up and down count the other way round: the sign of the contribution for a weight, the faulty state without one.</param>
public readonly record struct TrackerWeight(int Weight, bool Reverse = false)
{
    /// <summary>The largest weight either way: more could never matter between priorities 1 and 254.</summary>
    public const int Limit = 254;

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

    /// <summary>What an object with a number adds to the priority. Nothing at or below -254: that is a fault.</summary>
    public int Contribution(int number) => Product(number) is var product && product <= -Limit ? 0 : (int)Math.Min(product, Limit - 1);

    /// <summary>
    /// Whether an object with a number faults the virtual router: with weight 0, if the number is not 0 (reversed: if it is); otherwise if
    /// it would take all of the priority, -254 or less.
    /// </summary>
    public bool Faults(int number) => IsFault ? (number != 0) != Reverse : Product(number) <= -Limit;

    private long Product(int number) => (long)number * (Reverse ? -Weight : Weight);
}
