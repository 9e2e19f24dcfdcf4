namespace Keepalived.Checkers.Pools;

/// <summary>
/// Whether the servers that are alive carry enough weight together: gained at <c>quorum + hysteresis</c>, lost below
/// <c>quorum - hysteresis</c>, and always lost without any weight. Starts as lost.
/// </summary>
public sealed class Quorum
{
    /// <summary>Sets the thresholds.</summary>
    /// <param name="required">The weight that is wanted (<c>quorum</c>).</param>
    /// <param name="hysteresis">How much more it takes to gain the quorum, and how much less to lose it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The hysteresis is not below the quorum, unless both are zero.</exception>
    public Quorum(uint required = 1, uint hysteresis = 0)
    {
        if (hysteresis >= required && hysteresis != 0)
            throw new ArgumentOutOfRangeException(nameof(hysteresis), hysteresis, $"The hysteresis must be below the quorum, {required}.");
        Required = required;
        Hysteresis = hysteresis;
    }

    /// <summary>The weight that is wanted.</summary>
    public uint Required { get; }

    /// <summary>The distance of both thresholds from <see cref="Required"/>.</summary>
    public uint Hysteresis { get; }

    /// <summary>The weight from which on the quorum is gained.</summary>
    public long UpperThreshold => (long)Required + Hysteresis;

    /// <summary>The weight below which the quorum is lost.</summary>
    public long LowerThreshold => (long)Required - Hysteresis;

    /// <summary>There is a quorum.</summary>
    public bool IsUp { get; internal set; }

    /// <summary>Compares the weight of the servers that are alive with the thresholds.</summary>
    /// <param name="weight">Their sum; not negative.</param>
    /// <returns>What changed.</returns>
    public QuorumChange Evaluate(long weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        if (!IsUp && weight >= UpperThreshold)
        {
            IsUp = true;
            return QuorumChange.Gained;
        }

        if (IsUp && (weight == 0 || weight < LowerThreshold))
        {
            IsUp = false;
            return QuorumChange.Lost;
        }

        return QuorumChange.None;
    }
}
