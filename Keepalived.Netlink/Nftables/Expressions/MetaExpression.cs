using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads what the kernel knows about a packet into a register, or stores a register there (<c>meta</c>).</summary>
/// <param name="Key">What.</param>
/// <param name="Register">The register; see <see cref="NftRegister"/>.</param>
/// <param name="IsStore">Whether the register's value is stored: a mark, a priority.</param>
public sealed record MetaExpression(MetaKey Key, uint Register, bool IsStore = false) : NftExpression
{
    internal const string KernelName = "meta";

    private const ushort DestinationAttribute = 1;
    private const ushort KeyAttribute = 2;
    private const ushort SourceAttribute = 3;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => IsStore ? $"meta set {Key} from reg {Register}" : $"meta load {Key} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(KeyAttribute, (uint)Key);
        writer.WriteUInt32BigEndian(IsStore ? SourceAttribute : DestinationAttribute, Register);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes)
    {
        var key = (MetaKey)attributes.UInt32(KeyAttribute);
        return attributes.UInt32OrNull(SourceAttribute) is { } source
            ? new MetaExpression(key, source, true)
            : new MetaExpression(key, attributes.UInt32(DestinationAttribute));
    }
}
