using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Sends a packet out by another device, and ends (<c>fwd</c>), in the family netdev.</summary>
/// <param name="DeviceRegister">The register with the index of the device.</param>
public sealed record ForwardExpression(uint DeviceRegister) : NftExpression
{
    internal const string KernelName = "fwd";

    private const ushort DeviceAttribute = 1;
    private const ushort AddressAttribute = 2;
    private const ushort FamilyAttribute = 3;

    /// <summary>The register with the address of the neighbour to send it to; null to leave the frame as it is.</summary>
    public uint? AddressRegister { get; init; }

    /// <summary>The family of that address.</summary>
    public NftFamily AddressFamily { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"fwd to device reg {DeviceRegister}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(DeviceAttribute, DeviceRegister);
        NatAttributes.Write(ref writer, AddressAttribute, AddressRegister);
        if (AddressFamily != NftFamily.Unspecified)
            writer.WriteUInt32BigEndian(FamilyAttribute, (uint)AddressFamily);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new ForwardExpression(attributes.UInt32(DeviceAttribute))
    {
        AddressRegister = attributes.UInt32OrNull(AddressAttribute),
        AddressFamily = (NftFamily)attributes.UInt32(FamilyAttribute),
    };
}
