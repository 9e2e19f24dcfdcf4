using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads bytes of a packet into a register, or stores a register there (<c>payload</c>).</summary>
/// <param name="Base">What the offset counts from.</param>
/// <param name="Offset">Where the bytes start.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Register">The register; see <see cref="NftRegister"/>.</param>
/// <param name="IsStore">Whether the register's value is stored into the packet.</param>
public sealed record PayloadExpression(PayloadBase Base, uint Offset, uint Length, uint Register, bool IsStore = false) : NftExpression
{
    internal const string KernelName = "payload";

    private const ushort DestinationAttribute = 1;
    private const ushort BaseAttribute = 2;
    private const ushort OffsetAttribute = 3;
    private const ushort LengthAttribute = 4;
    private const ushort SourceAttribute = 5;
    private const ushort ChecksumTypeAttribute = 6;
    private const ushort ChecksumOffsetAttribute = 7;
    private const ushort ChecksumFlagsAttribute = 8;

    /// <summary>When storing: the checksum in the same header.</summary>
    public PayloadChecksum Checksum { get; init; }

    /// <summary>When storing: where that checksum is.</summary>
    public uint ChecksumOffset { get; init; }

    /// <summary>When storing: whether the bytes are part of the transport's pseudo header (NFT_PAYLOAD_L4CSUM_PSEUDOHDR).</summary>
    public bool IsInPseudoHeader { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => IsStore
        ? $"payload write reg {Register} => {Length}b @ {Base} + {Offset}"
        : $"payload load {Length}b @ {Base} + {Offset} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(IsStore ? SourceAttribute : DestinationAttribute, Register);
        writer.WriteUInt32BigEndian(BaseAttribute, (uint)Base);
        writer.WriteUInt32BigEndian(OffsetAttribute, Offset);
        writer.WriteUInt32BigEndian(LengthAttribute, Length);
        if (!IsStore)
            return;
        writer.WriteUInt32BigEndian(ChecksumTypeAttribute, (uint)Checksum);
        writer.WriteUInt32BigEndian(ChecksumOffsetAttribute, ChecksumOffset);
        writer.WriteUInt32BigEndian(ChecksumFlagsAttribute, IsInPseudoHeader ? 1u : 0);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        var source = attributes.UInt32OrNull(SourceAttribute);
        return new PayloadExpression(
            (PayloadBase)attributes.UInt32(BaseAttribute), attributes.UInt32(OffsetAttribute), attributes.UInt32(LengthAttribute),
            source ?? attributes.UInt32(DestinationAttribute), source is not null)
        {
            Checksum = (PayloadChecksum)attributes.UInt32(ChecksumTypeAttribute),
            ChecksumOffset = attributes.UInt32(ChecksumOffsetAttribute),
            IsInPseudoHeader = attributes.UInt32(ChecksumFlagsAttribute) != 0,
        };
    }
}
