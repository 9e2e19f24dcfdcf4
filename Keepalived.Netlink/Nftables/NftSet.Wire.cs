using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <content>The messages about sets.</content>
public sealed partial record NftSet
{
    private const ushort TableAttribute = 1;
    private const ushort NameAttribute = 2;
    private const ushort FlagsAttribute = 3;
    private const ushort KeyTypeAttribute = 4;
    private const ushort KeyLengthAttribute = 5;
    private const ushort DataTypeAttribute = 6;
    private const ushort DataLengthAttribute = 7;
    private const ushort PolicyAttribute = 8;
    private const ushort DescriptionAttribute = 9;
    private const ushort IdAttribute = 10;
    private const ushort TimeoutAttribute = 11;
    private const ushort CollectionIntervalAttribute = 12;
    private const ushort UserDataAttribute = 13;
    private const ushort ObjectTypeAttribute = 15;
    private const ushort HandleAttribute = 16;
    private const ushort ExpressionAttribute = 17;
    private const ushort ExpressionsAttribute = 18;
    private const ushort DescriptionSizeAttribute = 1;
    private const ushort DescriptionConcatenationAttribute = 2;
    private const ushort ListElementAttribute = 1;
    private const ushort FieldLengthAttribute = 1;

    /// <summary>Decodes a message about a set. Never throws.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out NftSet? set)
    {
        set = null;
        var error = NftHeader.TryRead(message, NftMessageType.NewSet, out var family, out var attributes);
        if (error != NetlinkDecodeError.None)
            return error;
        if (attributes.Text(TableAttribute) is not { Length: > 0 } table || attributes.Text(NameAttribute) is not { Length: > 0 } name)
            return NetlinkDecodeError.MissingAttribute;
        var keyLength = attributes.UInt32(KeyLengthAttribute);
        if (keyLength is 0 or > NftValue.MaxLength)
            return NetlinkDecodeError.MalformedAttribute;
        ReadDescription(attributes, out var size, out var fields);
        if (!NftExpression.TryDecode(attributes, ExpressionAttribute, ExpressionsAttribute, out var expressions))
            return NetlinkDecodeError.MalformedAttribute;
        var decoded = new NftSet(family, table, name, attributes.UInt32(KeyTypeAttribute), (int)keyLength)
        {
            Flags = (NftSetFlags)attributes.UInt32(FlagsAttribute),
            DataType = attributes.UInt32OrNull(DataTypeAttribute),
            DataLength = (int)attributes.UInt32(DataLengthAttribute),
            ObjectType = (NftObjectType?)attributes.UInt32OrNull(ObjectTypeAttribute),
            FieldLengths = fields,
            Timeout = attributes.Milliseconds(TimeoutAttribute),
            CollectionInterval = attributes.UInt32OrNull(CollectionIntervalAttribute) is { } interval
                ? TimeSpan.FromMilliseconds(interval) : null,
            Size = size,
            PrefersMemory = attributes.UInt32(PolicyAttribute) == 1,
            ElementExpressions = expressions,
            Comment = attributes.Comment(UserDataAttribute, NftUserData.SetComment),
            Handle = attributes.UInt64(HandleAttribute),
        };
        if (attributes.IsMalformed)
            return NetlinkDecodeError.MalformedAttribute;
        set = decoded;
        return NetlinkDecodeError.None;
    }

    internal void Encode(ref NetlinkMessageWriter writer)
    {
        EncodeIdentity(ref writer);
        writer.WriteUInt32BigEndian(FlagsAttribute, (uint)EffectiveFlags);
        writer.WriteUInt32BigEndian(KeyTypeAttribute, KeyType);
        writer.WriteUInt32BigEndian(KeyLengthAttribute, (uint)KeyLength);
        if (DataType is { } dataType)
        {
            writer.WriteUInt32BigEndian(DataTypeAttribute, dataType);
            writer.WriteUInt32BigEndian(DataLengthAttribute, (uint)DataLength);
        }

        if (ObjectType is { } objectType)
            writer.WriteUInt32BigEndian(ObjectTypeAttribute, (uint)objectType);
        if (PrefersMemory)
            writer.WriteUInt32BigEndian(PolicyAttribute, 1);
        writer.WriteUInt32BigEndian(IdAttribute, Id);
        if (Timeout is { } timeout)
            writer.WriteUInt64BigEndian(TimeoutAttribute, (ulong)timeout.TotalMilliseconds);
        if (CollectionInterval is { } interval)
            writer.WriteUInt32BigEndian(CollectionIntervalAttribute, (uint)interval.TotalMilliseconds);
        NftExpression.Encode(ref writer, ExpressionAttribute, ExpressionsAttribute, ElementExpressions);
        EncodeDescription(ref writer);
        NftUserData.WriteForSet(ref writer, UserDataAttribute, OrderOf(KeyType), OrderOf(DataType), Comment);
    }

    internal void EncodeIdentity(ref NetlinkMessageWriter writer)
    {
        NftHeader.Write(ref writer, Family);
        writer.WriteString(TableAttribute, Table);
        writer.WriteString(NameAttribute, Name);
    }

    private void EncodeDescription(ref NetlinkMessageWriter writer)
    {
        if (Size is null && FieldLengths.IsEmpty)
            return;
        var description = writer.BeginNested(DescriptionAttribute);
        if (Size is { } size)
            writer.WriteUInt32BigEndian(DescriptionSizeAttribute, size);
        if (!FieldLengths.IsEmpty)
        {
            var concatenation = writer.BeginNested(DescriptionConcatenationAttribute);
            foreach (var length in FieldLengths)
            {
                var field = writer.BeginNested(ListElementAttribute);
                writer.WriteUInt32BigEndian(FieldLengthAttribute, (uint)length);
                writer.EndNested(field);
            }

            writer.EndNested(concatenation);
        }

        writer.EndNested(description);
    }

    private static void ReadDescription(in NftAttributes attributes, out uint? size, out ValueList<int> fields)
    {
        (size, fields) = (null, []);
        if (!attributes.TryFind(DescriptionAttribute, out var description))
            return;
        size = new NftAttributes(description.Nested).UInt32OrNull(DescriptionSizeAttribute);
        if (!description.Nested.TryFind(DescriptionConcatenationAttribute, out var concatenation))
            return;
        List<int> lengths = [];
        foreach (var field in concatenation.Nested)
            lengths.Add((int)new NftAttributes(field.Nested).UInt32(FieldLengthAttribute));
        fields = [.. lengths];
    }
}
