using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>A set of keys, or a map from keys to values, verdicts or objects (enum nft_set_attributes).</summary>
public sealed partial record NftSet
{
    private const uint HostOrder = 1;
    private const uint BigEndianOrder = 2;

    /// <summary>A set of a table.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The name, unique in the table.</param>
    /// <param name="keyType">What keys mean to user space: see <see cref="NftDataType"/>.</param>
    /// <param name="keyLength">The length of a key in bytes: of a concatenation with each part filled up to 4 bytes.</param>
    public NftSet(NftFamily family, string table, string name, uint keyType, int keyLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keyLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keyLength, NftValue.MaxLength);
        (Family, Table, Name, KeyType, KeyLength) = (family, NftName.Check(table), NftName.Check(name), keyType, keyLength);
    }

    /// <summary>The table's family.</summary>
    public NftFamily Family { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What keys mean to user space.</summary>
    public uint KeyType { get; }

    /// <summary>The length of a key in bytes.</summary>
    public int KeyLength { get; }

    /// <summary>
    /// Its flags. <see cref="NftSetFlags.Map"/>, <see cref="NftSetFlags.Object"/>, <see cref="NftSetFlags.Timeout"/> and
    /// <see cref="NftSetFlags.Concatenation"/> follow from the other members when it is sent.
    /// </summary>
    public NftSetFlags Flags { get; init; }

    /// <summary>A map: what values mean, or <see cref="NftDataType.Verdict"/>; null for a set.</summary>
    public uint? DataType { get; init; }

    /// <summary>A map: the length of a value in bytes; 0 for verdicts.</summary>
    public int DataLength { get; init; }

    /// <summary>A map whose values are objects: their kind.</summary>
    public NftObjectType? ObjectType { get; init; }

    /// <summary>Ranges of a concatenation: the lengths of its parts in bytes.</summary>
    public ValueList<int> FieldLengths { get; init; }

    /// <summary>How long elements live that do not say it themselves; null for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often the kernel looks for elements that ended; null for its own choice.</summary>
    public TimeSpan? CollectionInterval { get; init; }

    /// <summary>The most elements; null for as many as there is memory for. The kernel needs it where rules add elements.</summary>
    public uint? Size { get; init; }

    /// <summary>Whether to save memory rather than time.</summary>
    public bool PrefersMemory { get; init; }

    /// <summary>What each new element carries, such as a counter.</summary>
    public ValueList<NftExpression> ElementExpressions { get; init; }

    /// <summary>A number by which rules of the same transaction find an anonymous set.</summary>
    public uint Id { get; init; }

    /// <summary>A comment, up to 128 bytes.</summary>
    public string? Comment { get; init; }

    /// <summary>The kernel's number of it; 0 until it tells.</summary>
    public ulong Handle { get; init; }

    /// <summary>The flags that are sent: those given and those that follow.</summary>
    public NftSetFlags EffectiveFlags => Flags
        | (DataType is not null ? NftSetFlags.Map : 0)
        | (ObjectType is not null ? NftSetFlags.Object : 0)
        | (Timeout is not null ? NftSetFlags.Timeout : 0)
        | (FieldLengths.IsEmpty ? 0 : NftSetFlags.Concatenation | NftSetFlags.Interval);

    /// <summary>As nft writes it.</summary>
    public override string ToString() => $"{NftName.Of(Family)} {Table} {Name}";

    private static uint? OrderOf(uint? type) =>
        type is not { } known || known == NftDataType.Verdict ? null : NftDataType.IsHostOrder(known) ? HostOrder : BigEndianOrder;
}
