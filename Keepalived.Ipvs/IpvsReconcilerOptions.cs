using Microsoft.Extensions.Logging;

namespace Keepalived.Ipvs;

/// <summary>How an <see cref="IpvsReconciler"/> behaves.</summary>
public sealed record IpvsReconcilerOptions
{
    /// <summary>How plans are made.</summary>
    public IpvsPlanOptions Plan { get; init; } = new();

    /// <summary>How often the table is read and changed before giving up, if somebody else keeps changing it. 1 or more.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Where it logs (events 3000 and up); null for nowhere.</summary>
    public ILogger? Logger { get; init; }
}
