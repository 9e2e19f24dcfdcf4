using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Ends the rule unless a register compares with a value as said (<c>cmp</c>).</summary>
/// <param name="Register">The register.</param>
/// <param name="Operator">How.</param>
/// <param name="Value">The value; as many bytes as it has are compared.</param>
public sealed record CompareExpression(uint Register, CompareOperator Operator, NftValue Value) : NftExpression
{
    internal const string KernelName = "cmp";

    private const ushort SourceAttribute = 1;
    private const ushort OperatorAttribute = 2;
    private const ushort DataAttribute = 3;

    /// <summary>Ends the rule unless a register has a value.</summary>
    public CompareExpression(uint register, NftValue value)
        : this(register, CompareOperator.Equal, value)
    {
    }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"cmp reg {Register} {Operator} {Value}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(SourceAttribute, Register);
        writer.WriteUInt32BigEndian(OperatorAttribute, (uint)Operator);
        new NftData(Value).Encode(ref writer, DataAttribute);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new CompareExpression(
        attributes.UInt32(SourceAttribute), (CompareOperator)attributes.UInt32(OperatorAttribute), attributes.Value(DataAttribute));
}
