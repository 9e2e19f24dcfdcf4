using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads bytes of an extension header or option (<c>exthdr</c>). A packet without it does not match.</summary>
/// <param name="Kind">Which headers are searched.</param>
/// <param name="Type">The type of the header or option.</param>
/// <param name="Offset">Where the bytes start.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Register">The register.</param>
public sealed record ExtensionHeaderExpression(ExtensionHeaderKind Kind, byte Type, uint Offset, uint Length, uint Register) : NftExpression
{
    internal const string KernelName = "exthdr";

    private const ushort DestinationAttribute = 1;
    private const ushort TypeAttribute = 2;
    private const ushort OffsetAttribute = 3;
    private const ushort LengthAttribute = 4;
    private const ushort FlagsAttribute = 5;
    private const ushort KindAttribute = 6;

    /// <summary>Whether only to load 1 if it is there and 0 if not.</summary>
    public bool IsPresence { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"exthdr load {Kind} {Type} {Length}b @ {Offset} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(DestinationAttribute, Register);
        writer.WriteByte(TypeAttribute, Type);
        writer.WriteUInt32BigEndian(OffsetAttribute, Offset);
        writer.WriteUInt32BigEndian(LengthAttribute, Length);
        writer.WriteUInt32BigEndian(KindAttribute, (uint)Kind);
        if (IsPresence)
            writer.WriteUInt32BigEndian(FlagsAttribute, 1);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => !attributes.Has(DestinationAttribute) ? null
        : new ExtensionHeaderExpression(
            (ExtensionHeaderKind)attributes.UInt32(KindAttribute), attributes.Byte(TypeAttribute), attributes.UInt32(OffsetAttribute),
            attributes.UInt32(LengthAttribute), attributes.UInt32(DestinationAttribute))
        {
            IsPresence = (attributes.UInt32(FlagsAttribute) & 1) != 0,
        };
}
