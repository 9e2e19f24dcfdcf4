using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Refuses a packet with an answer, and ends (<c>reject</c>).</summary>
/// <param name="Type">How.</param>
/// <param name="Code">With which code; not for <see cref="RejectType.TcpReset"/>.</param>
public sealed record RejectExpression(RejectType Type, byte Code = 0) : NftExpression
{
    internal const string KernelName = "reject";

    private const ushort TypeAttribute = 1;
    private const ushort CodeAttribute = 2;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"reject {Type} {Code}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(TypeAttribute, (uint)Type);
        if (Type != RejectType.TcpReset)
            writer.WriteByte(CodeAttribute, Code);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) =>
        new RejectExpression((RejectType)attributes.UInt32(TypeAttribute), attributes.Byte(CodeAttribute));
}
