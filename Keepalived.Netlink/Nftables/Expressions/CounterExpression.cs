using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Counts packets (<c>counter</c>).</summary>
/// <param name="Packets">How many so far.</param>
/// <param name="Bytes">How many bytes they had.</param>
public sealed record CounterExpression(ulong Packets = 0, ulong Bytes = 0) : NftExpression
{
    internal const string KernelName = "counter";

    private const ushort BytesAttribute = 1;
    private const ushort PacketsAttribute = 2;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"counter packets {Packets} bytes {Bytes}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt64BigEndian(BytesAttribute, Bytes);
        writer.WriteUInt64BigEndian(PacketsAttribute, Packets);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) =>
        new CounterExpression(attributes.UInt64(PacketsAttribute), attributes.UInt64(BytesAttribute));
}
