using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// A rule: expressions that run one after the other until one does not match (enum nft_rule_attributes). The kernel knows it by its
/// <see cref="Handle"/>.
/// </summary>
public sealed record NftRule
{
    private const ushort TableAttribute = 1;
    private const ushort ChainAttribute = 2;
    private const ushort HandleAttribute = 3;
    private const ushort ExpressionsAttribute = 4;
    private const ushort PositionAttribute = 6;
    private const ushort UserDataAttribute = 7;

    /// <summary>A rule of a chain.</summary>
    public NftRule(NftFamily family, string table, string chain, params ReadOnlySpan<NftExpression> expressions)
    {
        (Family, Table, Chain) = (family, NftName.Check(table), NftName.Check(chain));
        Expressions = ValueList.Create(expressions);
    }

    /// <summary>The table's family.</summary>
    public NftFamily Family { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The chain.</summary>
    public string Chain { get; }

    /// <summary>What it does, in order.</summary>
    public ValueList<NftExpression> Expressions { get; init; }

    /// <summary>A comment, up to 128 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>The kernel's number of it; 0 until it tells.</summary>
    public ulong Handle { get; init; }

    /// <summary>Decodes a message about a rule. Never throws; expressions that are not known are kept as they are.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out NftRule? rule)
    {
        rule = null;
        var error = NftHeader.TryRead(message, NftMessageType.NewRule, out var family, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        if (attributes.Text(TableAttribute) is not { Length: > 0 } table || attributes.Text(ChainAttribute) is not { Length: > 0 } chain)
            return NetlinkDecodeError.MissingAttribute;
        ValueList<NftExpression> expressions = [];
        if (attributes.TryFind(ExpressionsAttribute, out var list) && !NftExpression.TryDecodeList(list.Nested, out expressions))
            return NetlinkDecodeError.MalformedAttribute;
        var decoded = new NftRule(family, table, chain)
        {
            Expressions = expressions,
            Handle = attributes.UInt64(HandleAttribute),
            Comment = attributes.Comment(UserDataAttribute, NftUserData.Comment),
        };
        if (attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        rule = decoded;
        return NetlinkDecodeError.None;
    }

    /// <summary>Where it stands and what it does.</summary>
    public override string ToString() => $"{NftName.Of(Family)} {Table} {Chain}: {string.Join("; ", (IEnumerable<NftExpression>)Expressions)}";

    /// <summary>Writes the whole rule.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="handle">The rule that it replaces, or 0.</param>
    /// <param name="position">The rule before or after which it is put, or 0.</param>
    internal void Encode(ref NetlinkMessageWriter writer, ulong handle, ulong position)
    {
        EncodeIdentity(ref writer, Family, Table, Chain, handle);
        NftExpression.EncodeList(ref writer, ExpressionsAttribute, Expressions);
        if (position != 0)
            writer.WriteUInt64BigEndian(PositionAttribute, position);
        NftUserData.WriteComment(ref writer, UserDataAttribute, NftUserData.Comment, Comment);
    }

    internal static void EncodeIdentity(ref NetlinkMessageWriter writer, NftFamily family, string? table, string? chain, ulong handle)
    {
        NftHeader.Write(ref writer, family);
        if (table is not null)
            writer.WriteString(TableAttribute, table);
        if (chain is not null)
            writer.WriteString(ChainAttribute, chain);
        if (handle != 0)
            writer.WriteUInt64BigEndian(HandleAttribute, handle);
    }
}
