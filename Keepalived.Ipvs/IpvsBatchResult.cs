using System.Globalization;
using Keepalived.Netlink;

namespace Keepalived.Ipvs;

/// <summary>What became of the operations of a batch.</summary>
public sealed class IpvsBatchResult
{
    internal IpvsBatchResult(int count, IReadOnlyList<IpvsFailure> failures) => (Count, Failures) = (count, failures);

    /// <summary>The number of operations.</summary>
    public int Count { get; }

    /// <summary>Those that failed, in order.</summary>
    public IReadOnlyList<IpvsFailure> Failures { get; }

    /// <summary>Whether all succeeded.</summary>
    public bool Succeeded => Failures.Count == 0;

    /// <summary>Throws if one failed.</summary>
    /// <exception cref="NetlinkException">
    /// The first failure that is no consequence of another; it says how many others there were.
    /// </exception>
    public void ThrowIfFailed()
    {
        if (Failures.Count == 0)
            return;
        var first = (Failures.FirstOrDefault(static failure => !failure.IsConsequence) ?? Failures[0]).Error;
        if (Failures.Count == 1)
            throw first;
        throw new NetlinkException(
            first.Errno, first.Request, first.Acknowledgement,
            string.Create(CultureInfo.InvariantCulture, $"and {Failures.Count - 1} more of {Count} operations failed"));
    }
}
