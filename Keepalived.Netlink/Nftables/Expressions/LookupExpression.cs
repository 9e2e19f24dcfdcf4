using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>
/// Ends the rule unless a register's value is in a set; in a map it loads what the key leads to (<c>lookup</c>).
/// </summary>
/// <param name="Set">The set or map, of the same table.</param>
/// <param name="Register">The register with the key.</param>
public sealed record LookupExpression(string Set, uint Register) : NftExpression
{
    internal const string KernelName = "lookup";

    private const ushort SetAttribute = 1;
    private const ushort SourceAttribute = 2;
    private const ushort DestinationAttribute = 3;
    private const ushort SetIdAttribute = 4;
    private const ushort FlagsAttribute = 5;

    /// <summary>In a map: the register for the value, or <see cref="NftRegister.Verdict"/>; null to look only whether the key is there.</summary>
    public uint? Destination { get; init; }

    /// <summary>Whether the key must not be in the set.</summary>
    public bool IsNegated { get; init; }

    /// <summary>The <see cref="NftSet.Id"/> of an anonymous set made in the same transaction. The kernel does not tell it.</summary>
    public uint SetId { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() =>
        $"lookup reg {Register} {(IsNegated ? "!= " : string.Empty)}@{Set}" + (Destination is { } d ? $" => reg {d}" : string.Empty);

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteString(SetAttribute, Set);
        writer.WriteUInt32BigEndian(SourceAttribute, Register);
        if (Destination is { } destination)
            writer.WriteUInt32BigEndian(DestinationAttribute, destination);
        if (SetId != 0)
            writer.WriteUInt32BigEndian(SetIdAttribute, SetId);
        if (IsNegated)
            writer.WriteUInt32BigEndian(FlagsAttribute, 1);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) =>
        new LookupExpression(attributes.Text(SetAttribute) ?? string.Empty, attributes.UInt32(SourceAttribute))
        {
            Destination = attributes.UInt32OrNull(DestinationAttribute),
            IsNegated = (attributes.UInt32(FlagsAttribute) & 1) != 0,
        };
}
