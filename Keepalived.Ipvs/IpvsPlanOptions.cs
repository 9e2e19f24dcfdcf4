namespace Keepalived.Ipvs;

/// <summary>How an <see cref="IpvsPlan"/> is made.</summary>
public sealed record IpvsPlanOptions
{
    /// <summary>What becomes of destinations that should not be there.</summary>
    public IpvsRemoval Removal { get; init; }

    /// <summary>
    /// Which of the services that are in the kernel and not in the desired table are ours, to be removed. All if this is null. Services of
    /// the desired table are ours, whoever added them: what is there is adopted.
    /// </summary>
    public Func<IpvsServiceKey, bool>? Owns { get; init; }
}
