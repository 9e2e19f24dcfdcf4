using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>An expression, or a form of one, that this library does not know. It is kept as the kernel gave it and can be sent again.</summary>
/// <param name="KernelName">The kernel's name for it.</param>
/// <param name="Data">The attributes, as bytes.</param>
public sealed record UnknownExpression(string KernelName, ValueList<byte> Data) : NftExpression
{
    internal UnknownExpression(string kernelName, byte[] data)
        : this(kernelName, ValueList.Create<byte>(data))
    {
    }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"{KernelName} ...";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
    }

    internal override void EncodeData(ref NetlinkMessageWriter writer, ushort type) =>
        writer.WriteBytes((ushort)(type | NetlinkAttribute.NestedFlag), Data.Span);
}
