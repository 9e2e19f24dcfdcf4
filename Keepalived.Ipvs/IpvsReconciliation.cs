namespace Keepalived.Ipvs;

/// <summary>What an <see cref="IpvsReconciler"/> did.</summary>
public sealed record IpvsReconciliation
{
    /// <summary>How many operations the kernel carried out.</summary>
    public required int Applied { get; init; }

    /// <summary>How many plans were sent: more than one if somebody else changed the table meanwhile, or an answer was lost.</summary>
    public required int Attempts { get; init; }

    /// <summary>The operations of the last attempt that failed.</summary>
    public required IReadOnlyList<IpvsFailure> Failures { get; init; }

    /// <summary>How many destinations stay until their connections have ended: reconcile again later.</summary>
    public required int DrainingCount { get; init; }

    /// <summary>Whether the kernel's table is the desired one, but for what drains.</summary>
    public bool Succeeded => Failures.Count == 0;
}
