using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Ends the rule unless a register lies in a range (<c>range</c>).</summary>
/// <param name="Register">The register.</param>
/// <param name="From">The least value of the range.</param>
/// <param name="To">The greatest one.</param>
/// <param name="IsNegated">Whether it must lie outside.</param>
public sealed record RangeExpression(uint Register, NftValue From, NftValue To, bool IsNegated = false) : NftExpression
{
    internal const string KernelName = "range";

    private const ushort SourceAttribute = 1;
    private const ushort OperatorAttribute = 2;
    private const ushort FromAttribute = 3;
    private const ushort ToAttribute = 4;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"range reg {Register} {(IsNegated ? "!=" : "=")} {From}-{To}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(SourceAttribute, Register);
        writer.WriteUInt32BigEndian(OperatorAttribute, IsNegated ? 1u : 0);
        new NftData(From).Encode(ref writer, FromAttribute);
        new NftData(To).Encode(ref writer, ToAttribute);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new RangeExpression(
        attributes.UInt32(SourceAttribute), attributes.Value(FromAttribute), attributes.Value(ToAttribute),
        attributes.UInt32(OperatorAttribute) != 0);
}
