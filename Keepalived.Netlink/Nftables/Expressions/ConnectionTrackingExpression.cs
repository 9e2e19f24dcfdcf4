using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads what connection tracking knows into a register, or stores a register there (<c>ct</c>).</summary>
/// <param name="Key">What.</param>
/// <param name="Register">The register.</param>
/// <param name="IsStore">Whether the register's value is stored: a mark, a zone.</param>
public sealed record ConnectionTrackingExpression(ConnectionTrackingKey Key, uint Register, bool IsStore = false) : NftExpression
{
    internal const string KernelName = "ct";

    private const ushort DestinationAttribute = 1;
    private const ushort KeyAttribute = 2;
    private const ushort DirectionAttribute = 3;
    private const ushort SourceAttribute = 4;

    /// <summary>Of which direction: 0 the original one, 1 the reply; null where it does not matter.</summary>
    public byte? Direction { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => IsStore ? $"ct set {Key} from reg {Register}" : $"ct load {Key} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(KeyAttribute, (uint)Key);
        writer.WriteUInt32BigEndian(IsStore ? SourceAttribute : DestinationAttribute, Register);
        if (Direction is { } direction)
            writer.WriteByte(DirectionAttribute, direction);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        var source = attributes.UInt32OrNull(SourceAttribute);
        return new ConnectionTrackingExpression(
            (ConnectionTrackingKey)attributes.UInt32(KeyAttribute), source ?? attributes.UInt32(DestinationAttribute), source is not null)
        {
            Direction = attributes.Has(DirectionAttribute) ? attributes.Byte(DirectionAttribute) : null,
        };
    }
}
