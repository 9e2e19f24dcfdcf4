using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// An element of a set or map (enum nft_set_elem_attributes). In an interval set without a concatenation the kernel keeps the ends of
/// ranges as elements of their own: <see cref="Range"/> makes both; in one with a concatenation an element has <see cref="KeyEnd"/>.
/// </summary>
public sealed record NftElement
{
    private const ushort KeyAttribute = 1;
    private const ushort DataAttribute = 2;
    private const ushort FlagsAttribute = 3;
    private const ushort TimeoutAttribute = 4;
    private const ushort ExpirationAttribute = 5;
    private const ushort UserDataAttribute = 6;
    private const ushort ExpressionAttribute = 7;
    private const ushort ObjectAttribute = 9;
    private const ushort KeyEndAttribute = 10;
    private const ushort ExpressionsAttribute = 11;
    private const uint IntervalEndFlag = 1;
    private const uint CatchAllFlag = 2;

    /// <summary>An element.</summary>
    public NftElement(NftValue key) => Key = key;

    /// <summary>The key; empty for <see cref="IsCatchAll"/>.</summary>
    public NftValue Key { get; }

    /// <summary>Ranges of a concatenation: the last key of the range, part by part.</summary>
    public NftValue KeyEnd { get; init; }

    /// <summary>Of a map: what the key leads to.</summary>
    public NftData Data { get; init; }

    /// <summary>Of a map of objects: the name of the object.</summary>
    public string? Object { get; init; }

    /// <summary>Whether this is the first key after a range, in an interval set.</summary>
    public bool IsIntervalEnd { get; init; }

    /// <summary>Whether it stands for all keys that no other element has (<c>*</c>). Linux 5.13.</summary>
    public bool IsCatchAll { get; init; }

    /// <summary>How long it lives; null for the set's choice.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it lives from now on, as the kernel tells.</summary>
    public TimeSpan? Expiration { get; init; }

    /// <summary>What it carries, such as a counter.</summary>
    public ValueList<NftExpression> Expressions { get; init; }

    /// <summary>A comment, up to 128 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>The two elements of a range in an interval set without a concatenation.</summary>
    /// <param name="first">The first key of the range.</param>
    /// <param name="last">The last key of the range.</param>
    /// <param name="data">Of a map: what the keys lead to.</param>
    /// <exception cref="ArgumentException">The keys are of different lengths, or in the wrong order.</exception>
    public static IEnumerable<NftElement> Range(NftValue first, NftValue last, NftData data = default)
    {
        if (first.Length != last.Length || first.Bytes.SequenceCompareTo(last.Bytes) > 0)
            throw new ArgumentException("The first key of a range is not after its last, and both are of one length.", nameof(last));
        var start = new NftElement(first) { Data = data };
        var end = last.Bytes.ToArray();
        for (var i = end.Length - 1; i >= 0; i--)
        {
            if (++end[i] != 0)
                return [start, new NftElement(new NftValue(end)) { IsIntervalEnd = true }];
        }

        // Up to the last key there is: nothing comes after it.
        return [start];
    }

    /// <summary>Key and value.</summary>
    public override string ToString() =>
        (IsCatchAll ? "*" : KeyEnd.IsEmpty ? Key.ToString() : $"{Key}-{KeyEnd}") + (Data.IsEmpty ? string.Empty : $" : {Data}");

    internal int EstimateLength()
    {
        const int Attribute = 12;
        var length = 4 * Attribute + Key.Length + KeyEnd.Length + Data.Value.Length + 16;
        length += 4 * ((Object?.Length ?? 0) + (Comment?.Length ?? 0) + (Data.Verdict?.Chain?.Length ?? 0));
        return length + Expressions.Count * 128;
    }

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        if (!Key.IsEmpty)
            new NftData(Key).Encode(ref writer, KeyAttribute);
        if (!KeyEnd.IsEmpty)
            new NftData(KeyEnd).Encode(ref writer, KeyEndAttribute);
        if (!Data.IsEmpty)
            Data.Encode(ref writer, DataAttribute);
        if (Object is { } name)
            writer.WriteString(ObjectAttribute, name);
        var flags = (IsIntervalEnd ? IntervalEndFlag : 0) | (IsCatchAll ? CatchAllFlag : 0);
        if (flags != 0)
            writer.WriteUInt32BigEndian(FlagsAttribute, flags);
        if (Timeout is { } timeout)
            writer.WriteUInt64BigEndian(TimeoutAttribute, (ulong)timeout.TotalMilliseconds);
        NftUserData.WriteComment(ref writer, UserDataAttribute, NftUserData.Comment, Comment);
        NftExpression.Encode(ref writer, ExpressionAttribute, ExpressionsAttribute, Expressions);
    }

    internal static bool TryDecode(NetlinkAttributeReader reader, out NftElement element)
    {
        var attributes = new NftAttributes(reader);
        var flags = attributes.UInt32(FlagsAttribute);
        var ok = NftExpression.TryDecode(attributes, ExpressionAttribute, ExpressionsAttribute, out var expressions);
        element = new NftElement(attributes.Value(KeyAttribute))
        {
            KeyEnd = attributes.Value(KeyEndAttribute),
            Data = attributes.Data(DataAttribute),
            Object = attributes.Text(ObjectAttribute),
            IsIntervalEnd = (flags & IntervalEndFlag) != 0,
            IsCatchAll = (flags & CatchAllFlag) != 0,
            Timeout = attributes.Milliseconds(TimeoutAttribute),
            Expiration = attributes.Milliseconds(ExpirationAttribute),
            Comment = attributes.Comment(UserDataAttribute, NftUserData.Comment),
            Expressions = expressions,
        };
        return ok && !attributes.IsMalformed;
    }
}
