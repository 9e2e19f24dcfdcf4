using System.Globalization;

namespace Keepalived.Netlink;

/// <summary>What became of each request of a <see cref="NetlinkBatch"/>, in the order in which they were added.</summary>
public sealed class NetlinkBatchResult
{
    private readonly NetlinkException?[]? _errors;

    internal NetlinkBatchResult(int count, NetlinkException?[]? errors)
    {
        Count = count;
        _errors = errors;
        FailedCount = errors?.Count(static error => error is not null) ?? 0;
    }

    /// <summary>The number of requests.</summary>
    public int Count { get; }

    /// <summary>The number of those that failed, or whose outcome is not known (<see cref="NetlinkException.IsOutcomeUnknown"/>).</summary>
    public int FailedCount { get; }

    /// <summary>Whether all succeeded.</summary>
    public bool Succeeded => FailedCount == 0;

    /// <summary>The errors of those that failed.</summary>
    public IEnumerable<NetlinkException> Errors => _errors?.OfType<NetlinkException>() ?? [];

    /// <summary>The error of one request; null if it succeeded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such request.</exception>
    public NetlinkException? this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _errors?[index];
        }
    }

    /// <summary>Throws if a request failed.</summary>
    /// <exception cref="NetlinkException">The error of the first that failed, which says how many others did.</exception>
    public void ThrowIfFailed()
    {
        if (FailedCount == 0)
            return;
        var first = Errors.First();
        if (FailedCount == 1)
            throw first;
        var detail = string.Create(CultureInfo.InvariantCulture, $"and {FailedCount - 1} more of {Count} requests failed");
        throw new NetlinkException(first.Errno, first.Request, first.Acknowledgement, detail);
    }
}
