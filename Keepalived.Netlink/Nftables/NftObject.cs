using Keepalived.Netlink.Nftables.Expressions;
using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>
/// A named object of a table: a counter, quota or limit that many rules share (enum nft_object_attributes). Objects of other kinds are
/// listed without their state.
/// </summary>
public sealed record NftObject
{
    private const ushort TableAttribute = 1;
    private const ushort NameAttribute = 2;
    private const ushort TypeAttribute = 3;
    private const ushort DataAttribute = 4;
    private const ushort UseAttribute = 5;
    private const ushort HandleAttribute = 6;
    private const ushort UserDataAttribute = 8;

    /// <summary>A counter, quota or limit.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The name, unique among the objects of its kind in the table.</param>
    /// <param name="state">
    /// What it is and how it stands: a <see cref="CounterExpression"/>, <see cref="QuotaExpression"/> or <see cref="LimitExpression"/>.
    /// </param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public NftObject(NftFamily family, string table, string name, NftExpression state)
        : this(family, table, name, TypeOf(state)) => State = state;

    private NftObject(NftFamily family, string table, string name, NftObjectType type) =>
        (Family, Table, Name, Type) = (family, NftName.Check(table), NftName.Check(name), type);

    /// <summary>The table's family.</summary>
    public NftFamily Family { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Its kind.</summary>
    public NftObjectType Type { get; }

    /// <summary>How it stands; null for kinds that are not known here.</summary>
    public NftExpression? State { get; private init; }

    /// <summary>A comment, up to 128 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>The kernel's number of it; 0 until it tells.</summary>
    public ulong Handle { get; init; }

    /// <summary>How many rules and elements use it, as the kernel tells.</summary>
    public uint UseCount { get; init; }

    /// <summary>Decodes a message about an object. Never throws.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out NftObject? value)
    {
        value = null;
        var error = NftHeader.TryRead(message, NftMessageType.NewObject, out var family, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        if (attributes.Text(TableAttribute) is not { Length: > 0 } table || attributes.Text(NameAttribute) is not { Length: > 0 } name
            || attributes.UInt32OrNull(TypeAttribute) is not { } type)
            return NetlinkDecodeError.MissingAttribute;
        NftExpression? state = null;
        if (NameOf((NftObjectType)type) is { } kind && attributes.TryFind(DataAttribute, out var data)
            && !NftExpression.TryDecode(kind, data, out state))
            return NetlinkDecodeError.MalformedAttribute;
        var decoded = new NftObject(family, table, name, (NftObjectType)type)
        {
            State = state,
            Comment = attributes.Comment(UserDataAttribute, NftUserData.Comment),
            Handle = attributes.UInt64(HandleAttribute),
            UseCount = attributes.UInt32(UseAttribute),
        };
        if (attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        value = decoded;
        return NetlinkDecodeError.None;
    }

    /// <summary>As nft writes it.</summary>
    public override string ToString() => $"{Type.ToString().ToLowerInvariant()} {NftName.Of(Family)} {Table} {Name}";

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        EncodeIdentity(ref writer);
        State?.EncodeData(ref writer, DataAttribute);
        NftUserData.WriteComment(ref writer, UserDataAttribute, NftUserData.Comment, Comment);
    }

    internal void EncodeIdentity(ref NetlinkMessageWriter writer)
    {
        NftHeader.Write(ref writer, Family);
        writer.WriteString(TableAttribute, Table);
        writer.WriteString(NameAttribute, Name);
        writer.WriteUInt32BigEndian(TypeAttribute, (uint)Type);
    }

    private static NftObjectType TypeOf(NftExpression state) => state switch
    {
        CounterExpression => NftObjectType.Counter,
        QuotaExpression => NftObjectType.Quota,
        LimitExpression => NftObjectType.Limit,
        _ => throw new ArgumentException("An object is a counter, a quota or a limit.", nameof(state)),
    };

    private static string? NameOf(NftObjectType type) => type switch
    {
        NftObjectType.Counter => CounterExpression.KernelName,
        NftObjectType.Quota => QuotaExpression.KernelName,
        NftObjectType.Limit => LimitExpression.KernelName,
        _ => null,
    };
}
