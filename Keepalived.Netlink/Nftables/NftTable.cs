using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>A table: a name space of chains and sets of one family (enum nft_table_attributes).</summary>
public sealed record NftTable
{
    private const ushort NameAttribute = 1;
    private const ushort FlagsAttribute = 2;
    private const ushort UseAttribute = 3;
    private const ushort HandleAttribute = 4;
    private const ushort UserDataAttribute = 6;

    /// <summary>A table.</summary>
    public NftTable(NftFamily family, string name) => (Family, Name) = (family, NftName.Check(name));

    /// <summary>The family of its packets.</summary>
    public NftFamily Family { get; }

    /// <summary>The name, unique in its family.</summary>
    public string Name { get; }

    /// <summary>Its flags.</summary>
    public NftTableFlags Flags { get; init; }

    /// <summary>A comment, up to 128 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>The kernel's number of it; 0 until it tells.</summary>
    public ulong Handle { get; init; }

    /// <summary>How many chains, sets and objects it holds, as the kernel tells.</summary>
    public uint UseCount { get; init; }

    /// <summary>Decodes a message about a table. Never throws.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out NftTable? table)
    {
        table = null;
        var error = NftHeader.TryRead(message, NftMessageType.NewTable, out var family, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        if (attributes.Text(NameAttribute) is not { Length: > 0 } name)
            return NetlinkDecodeError.MissingAttribute;
        var decoded = new NftTable(family, name)
        {
            Flags = (NftTableFlags)attributes.UInt32(FlagsAttribute),
            UseCount = attributes.UInt32(UseAttribute),
            Handle = attributes.UInt64(HandleAttribute),
            Comment = attributes.Comment(UserDataAttribute, NftUserData.Comment),
        };
        if (attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        table = decoded;
        return NetlinkDecodeError.None;
    }

    /// <summary>As nft writes it.</summary>
    public override string ToString() => $"{NftName.Of(Family)} {Name}";

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        EncodeIdentity(ref writer);
        writer.WriteUInt32BigEndian(FlagsAttribute, (uint)Flags);
        NftUserData.WriteComment(ref writer, UserDataAttribute, NftUserData.Comment, Comment);
    }

    internal void EncodeIdentity(ref NetlinkMessageWriter writer)
    {
        NftHeader.Write(ref writer, Family);
        writer.WriteString(NameAttribute, Name);
    }
}
