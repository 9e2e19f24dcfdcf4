namespace Keepalived.Ipvs;

/// <summary>What becomes of a destination that should not be there.</summary>
public enum IpvsRemoval
{
    /// <summary>It is deleted.</summary>
    Delete,

    /// <summary>
    /// Its weight is set to 0, so that connections end in their own time; it is deleted by a later plan, once none is left.
    /// </summary>
    Drain,
}
