using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Rewrites source or destination of a connection (<c>nat</c>), in a chain of type nat.</summary>
/// <param name="IsDestination">Whether the destination is rewritten instead of the source.</param>
/// <param name="Family">The family of the addresses.</param>
public sealed record NatExpression(bool IsDestination, NftFamily Family) : NftExpression
{
    internal const string KernelName = "nat";

    private const ushort TypeAttribute = 1;
    private const ushort FamilyAttribute = 2;
    private const ushort AddressMinAttribute = 3;
    private const ushort AddressMaxAttribute = 4;
    private const ushort PortMinAttribute = 5;
    private const ushort PortMaxAttribute = 6;
    private const ushort FlagsAttribute = 7;

    /// <summary>The register with the address, or the first of a range.</summary>
    public uint? AddressRegister { get; init; }

    /// <summary>The register with the last address of a range.</summary>
    public uint? LastAddressRegister { get; init; }

    /// <summary>The register with the port, or the first of a range.</summary>
    public uint? PortRegister { get; init; }

    /// <summary>The register with the last port of a range.</summary>
    public uint? LastPortRegister { get; init; }

    /// <summary>How a place in the range is chosen.</summary>
    public NatFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"{(IsDestination ? "dnat" : "snat")} to reg {AddressRegister}:{PortRegister}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(TypeAttribute, IsDestination ? 1u : 0);
        writer.WriteUInt32BigEndian(FamilyAttribute, (uint)Family);
        NatAttributes.Write(ref writer, AddressMinAttribute, AddressRegister);
        NatAttributes.Write(ref writer, AddressMaxAttribute, LastAddressRegister ?? AddressRegister);
        NatAttributes.Write(ref writer, PortMinAttribute, PortRegister);
        NatAttributes.Write(ref writer, PortMaxAttribute, LastPortRegister ?? PortRegister);
        if (Flags != 0)
            writer.WriteUInt32BigEndian(FlagsAttribute, (uint)Flags);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        var address = attributes.UInt32OrNull(AddressMinAttribute);
        var port = attributes.UInt32OrNull(PortMinAttribute);
        return new NatExpression(attributes.UInt32(TypeAttribute) != 0, (NftFamily)attributes.UInt32(FamilyAttribute))
        {
            AddressRegister = address,
            LastAddressRegister = NatAttributes.Unless(attributes.UInt32OrNull(AddressMaxAttribute), address),
            PortRegister = port,
            LastPortRegister = NatAttributes.Unless(attributes.UInt32OrNull(PortMaxAttribute), port),
            Flags = (NatFlags)attributes.UInt32(FlagsAttribute) & ~NatFlags.Derived,
        };
    }
}
