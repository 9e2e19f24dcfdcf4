using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Matches until so many bytes have passed (<c>quota</c>).</summary>
/// <param name="Bytes">How many.</param>
/// <param name="IsOver">Whether it matches from then on, instead of until then.</param>
public sealed record QuotaExpression(ulong Bytes, bool IsOver = false) : NftExpression
{
    internal const string KernelName = "quota";

    private const ushort BytesAttribute = 1;
    private const ushort FlagsAttribute = 2;
    private const ushort ConsumedAttribute = 4;

    /// <summary>How many have passed.</summary>
    public ulong Consumed { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"quota {(IsOver ? "over " : string.Empty)}{Bytes} bytes used {Consumed}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt64BigEndian(BytesAttribute, Bytes);
        writer.WriteUInt32BigEndian(FlagsAttribute, IsOver ? 1u : 0);
        writer.WriteUInt64BigEndian(ConsumedAttribute, Consumed);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) =>
        new QuotaExpression(attributes.UInt64(BytesAttribute), (attributes.UInt32(FlagsAttribute) & 1) != 0)
        {
            Consumed = attributes.UInt64(ConsumedAttribute),
        };
}
