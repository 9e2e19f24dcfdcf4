using System.Numerics;

namespace Keepalived.Netlink.Io;

/// <summary>
/// A histogram of durations in nanoseconds with a relative error below 1/8 at any scale: eight buckets to each power of two. Recording
/// allocates nothing and takes a few nanoseconds. One thread writes; any thread may read and sees values that are at most one record apart.
/// </summary>
public sealed class DurationHistogram
{
    private const int SubBucketBits = 3;
    private const int SubBuckets = 1 << SubBucketBits;

    private readonly long[] _buckets = new long[(64 - SubBucketBits) * SubBuckets];
    private long _count;
    private long _sum;
    private long _maximum;
    private long _last;

    /// <summary>How many durations were recorded.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>The longest, in nanoseconds; 0 if none.</summary>
    public long Maximum => Volatile.Read(ref _maximum);

    /// <summary>The latest, in nanoseconds; 0 if none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>The mean in nanoseconds; 0 if none.</summary>
    public double Mean => Count == 0 ? 0 : (double)Volatile.Read(ref _sum) / Count;

    /// <summary>
    /// The duration in nanoseconds that <paramref name="percent"/> of all did not exceed, rounded up to its bucket's end; 0 if none was
    /// recorded.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is not between 0 and 100.</exception>
    public long Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var total = 0L;
        foreach (ref var bucket in _buckets.AsSpan())
            total += Volatile.Read(ref bucket);
        if (total == 0)
            return 0;
        var wanted = Math.Max(1, (long)Math.Ceiling(total * percent / 100));
        var seen = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += Volatile.Read(ref _buckets[i]);
            if (seen >= wanted)
                return Math.Min(UpperBound(i), Maximum);
        }

        return Maximum;
    }

    /// <summary>Records a duration; a negative one counts as 0.</summary>
    internal void Record(long nanoseconds)
    {
        nanoseconds = Math.Max(0, nanoseconds);
        _buckets[BucketOf(nanoseconds)]++;
        _count++;
        _sum += nanoseconds;
        _last = nanoseconds;
        if (nanoseconds > _maximum)
            _maximum = nanoseconds;
    }

    /// <summary>Forgets everything.</summary>
    internal void Reset()
    {
        Array.Clear(_buckets);
        _count = _sum = _maximum = _last = 0;
    }

    // Values below 8 have a bucket each; above, the bucket is the exponent and the three bits after the leading one.
    private static int BucketOf(long value)
    {
        if (value < SubBuckets)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - SubBucketBits;
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < SubBuckets * 2)
            return bucket;
        var shift = (bucket / SubBuckets) - 1;
        var mantissa = (long)(bucket % SubBuckets) + SubBuckets;
        return ((mantissa + 1) << shift) - 1;
    }
}
