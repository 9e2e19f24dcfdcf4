using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Sends a copy of a packet elsewhere (<c>dup</c>): to an address, by a device, or both.</summary>
/// <param name="AddressRegister">The register with the address of the gateway.</param>
/// <param name="DeviceRegister">The register with the index of the device.</param>
public sealed record DuplicateExpression(uint? AddressRegister, uint? DeviceRegister) : NftExpression
{
    internal const string KernelName = "dup";

    private const ushort AddressAttribute = 1;
    private const ushort DeviceAttribute = 2;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"dup to reg {AddressRegister} device reg {DeviceRegister}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        NatAttributes.Write(ref writer, AddressAttribute, AddressRegister);
        NatAttributes.Write(ref writer, DeviceAttribute, DeviceRegister);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) =>
        new DuplicateExpression(attributes.UInt32OrNull(AddressAttribute), attributes.UInt32OrNull(DeviceAttribute));
}
