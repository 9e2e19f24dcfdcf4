namespace Keepalived.Checkers.Pools;

/// <summary>A server of a <see cref="ServerPool"/>, or its sorry server. Derive from it to keep with it what else there is to know.</summary>
public class PoolServer
{
    /// <summary>Describes a server. It counts as alive until a checker says otherwise (<see cref="AddChecker"/>).</summary>
    /// <param name="name">For the log.</param>
    /// <param name="weight">The configured weight, 0 to 2^31-1.</param>
    /// <param name="inhibit">A server that is down stays in the table with weight zero (<c>inhibit_on_failure</c>), so that its connections
    /// can go on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is out of its range.</exception>
    public PoolServer(string name, long weight = 1, bool inhibit = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, MaxWeight);
        Name = name;
        EffectiveWeight = weight;
        Inhibit = inhibit;
    }

    /// <summary>The largest weight that the kernel takes.</summary>
    public const long MaxWeight = int.MaxValue;

    /// <summary>For the log.</summary>
    public string Name { get; }

    /// <summary>A server that is down stays in the table with weight zero.</summary>
    public bool Inhibit { get; }

    /// <summary>The configured weight and what checkers have added to it; may be outside what the kernel takes.</summary>
    public long EffectiveWeight { get; internal set; }

    /// <summary>The weight as the kernel gets it, 0 to 2^31-1.</summary>
    public long Weight => Math.Clamp(EffectiveWeight, 0, MaxWeight);

    /// <summary>The checkers that hold it for down.</summary>
    public int FailedCheckers { get; internal set; }

    /// <summary>It counts: no checker holds it for down. For a sorry server: it is in use.</summary>
    public bool IsAlive { get; internal set; } = true;

    /// <summary>It is in the table, be it with weight zero.</summary>
    public bool IsInTable { get; internal set; }

    /// <summary>The weight that it has in the table, 0 to 2^31-1; meaningless while it is not there.</summary>
    public long TableWeight { get; internal set; }

    /// <summary>Tells that a checker watches the server, before the pool starts.</summary>
    /// <param name="isUp">What the checker holds the server for at the start: <see cref="CheckerState.IsUp"/>.</param>
    /// <param name="weight">What the checker has added to the weight already, before a reload.</param>
    /// <returns>The checker, for <see cref="ServerPool.Apply(PoolChecker, in CheckResult, in CheckVerdict)"/>.</returns>
    public PoolChecker AddChecker(bool isUp, long weight = 0) => new(this, isUp, weight);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Counts a checker.</summary>
    internal void Take(bool isUp, long weight)
    {
        EffectiveWeight += weight;
        if (isUp)
            return;
        FailedCheckers++;
        IsAlive = false;
    }
}
