using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Adds a register's value to a set, or deletes it there (<c>dynset</c>).</summary>
/// <param name="Set">The set, of the same table.</param>
/// <param name="Operation">What is done.</param>
/// <param name="KeyRegister">The register with the key.</param>
public sealed record DynamicSetExpression(string Set, DynamicSetOperation Operation, uint KeyRegister) : NftExpression
{
    internal const string KernelName = "dynset";

    private const ushort SetAttribute = 1;
    private const ushort OperationAttribute = 3;
    private const ushort KeyAttribute = 4;
    private const ushort DataAttribute = 5;
    private const ushort TimeoutAttribute = 6;
    private const ushort ExpressionAttribute = 7;
    private const ushort FlagsAttribute = 9;
    private const ushort ExpressionsAttribute = 10;
    private const uint NegatedFlag = 1;
    private const uint ExpressionsFlag = 2;

    /// <summary>Of a map: the register with the value.</summary>
    public uint? DataRegister { get; init; }

    /// <summary>How long the element lives; null for the set's choice.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the rule goes on if the set is full, instead of if it is not.</summary>
    public bool IsNegated { get; init; }

    /// <summary>What new elements carry, such as a counter or a limit.</summary>
    public ValueList<NftExpression> Expressions { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"dynset {Operation} reg {KeyRegister} @{Set}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteString(SetAttribute, Set);
        writer.WriteUInt32BigEndian(OperationAttribute, (uint)Operation);
        writer.WriteUInt32BigEndian(KeyAttribute, KeyRegister);
        if (DataRegister is { } data)
            writer.WriteUInt32BigEndian(DataAttribute, data);
        if (Timeout is { } timeout)
            writer.WriteUInt64BigEndian(TimeoutAttribute, (ulong)timeout.TotalMilliseconds);
        var flags = (IsNegated ? NegatedFlag : 0) | (Expressions.Count > 1 ? ExpressionsFlag : 0);
        if (flags != 0)
            writer.WriteUInt32BigEndian(FlagsAttribute, flags);
        Encode(ref writer, ExpressionAttribute, ExpressionsAttribute, Expressions);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        if (!TryDecode(attributes, ExpressionAttribute, ExpressionsAttribute, out var expressions))
            return null;
        return new DynamicSetExpression(
            attributes.Text(SetAttribute) ?? string.Empty, (DynamicSetOperation)attributes.UInt32(OperationAttribute),
            attributes.UInt32(KeyAttribute))
        {
            DataRegister = attributes.UInt32OrNull(DataAttribute),
            Timeout = attributes.Milliseconds(TimeoutAttribute) is { Ticks: > 0 } timeout ? timeout : null,
            IsNegated = (attributes.UInt32(FlagsAttribute) & NegatedFlag) != 0,
            Expressions = expressions,
        };
    }
}
