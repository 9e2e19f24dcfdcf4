namespace Keepalived.Ipvs;

/// <summary>
/// The names of the kernel's schedulers. Each is a module of its own, <c>ip_vs_NAME</c>, which the kernel loads when it can. Any other name
/// is handed to the kernel as it is.
/// </summary>
public static class IpvsScheduler
{
    /// <summary>The longest name, in bytes (IP_VS_SCHEDNAME_MAXLEN less its zero).</summary>
    public const int MaxNameLength = 15;

    /// <summary>One after the other.</summary>
    public const string RoundRobin = "rr";

    /// <summary>One after the other, as often as the weight says.</summary>
    public const string WeightedRoundRobin = "wrr";

    /// <summary>The one with the fewest connections.</summary>
    public const string LeastConnection = "lc";

    /// <summary>The one with the fewest connections for its weight.</summary>
    public const string WeightedLeastConnection = "wlc";

    /// <summary>The same destination for the same client-side destination address, unless it is overloaded: for caches.</summary>
    public const string LocalityBasedLeastConnection = "lblc";

    /// <summary>As <see cref="LocalityBasedLeastConnection"/>, with a set of destinations for each address.</summary>
    public const string LocalityBasedLeastConnectionWithReplication = "lblcr";

    /// <summary>By the hash of the destination address.</summary>
    public const string DestinationHashing = "dh";

    /// <summary>By the hash of the source address: see <see cref="IpvsServiceFlags.SourceHashFallback"/>.</summary>
    public const string SourceHashing = "sh";

    /// <summary>By a Maglev table of the source address: see <see cref="IpvsServiceFlags.MaglevFallback"/>.</summary>
    public const string Maglev = "mh";

    /// <summary>The shortest expected delay.</summary>
    public const string ShortestExpectedDelay = "sed";

    /// <summary>One that is idle if there is one, else as <see cref="ShortestExpectedDelay"/>.</summary>
    public const string NeverQueue = "nq";

    /// <summary>The one with the highest weight.</summary>
    public const string WeightedFailover = "fo";

    /// <summary>The one with the highest weight until it has as many active connections as its weight.</summary>
    public const string WeightedOverflow = "ovf";

    /// <summary>The less loaded of two that are chosen by chance (Linux 5.8).</summary>
    public const string PowerOfTwoChoices = "twos";
}
