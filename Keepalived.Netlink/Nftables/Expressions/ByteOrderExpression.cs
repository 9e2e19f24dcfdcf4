using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Turns numbers in a register from host to network order or back (<c>byteorder</c>).</summary>
/// <param name="Source">The register read.</param>
/// <param name="Destination">The register written.</param>
/// <param name="ToNetwork">Whether to network order.</param>
/// <param name="Length">How many bytes there are.</param>
/// <param name="Size">The size of one number in bytes: 2, 4 or 8.</param>
public sealed record ByteOrderExpression(uint Source, uint Destination, bool ToNetwork, uint Length, uint Size) : NftExpression
{
    internal const string KernelName = "byteorder";

    private const ushort SourceAttribute = 1;
    private const ushort DestinationAttribute = 2;
    private const ushort OperationAttribute = 3;
    private const ushort LengthAttribute = 4;
    private const ushort SizeAttribute = 5;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"byteorder reg {Destination} = {(ToNetwork ? "hton" : "ntoh")}(reg {Source}, {Size}, {Length})";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(SourceAttribute, Source);
        writer.WriteUInt32BigEndian(DestinationAttribute, Destination);
        writer.WriteUInt32BigEndian(OperationAttribute, ToNetwork ? 1u : 0);
        writer.WriteUInt32BigEndian(LengthAttribute, Length);
        writer.WriteUInt32BigEndian(SizeAttribute, Size);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new ByteOrderExpression(
        attributes.UInt32(SourceAttribute), attributes.UInt32(DestinationAttribute), attributes.UInt32(OperationAttribute) != 0,
        attributes.UInt32(LengthAttribute), attributes.UInt32(SizeAttribute));
}
