using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads the next number of a row, or a random one (<c>numgen</c>).</summary>
/// <param name="Modulus">Numbers are less than this.</param>
/// <param name="IsRandom">Whether they are random.</param>
/// <param name="Register">The register, in host order.</param>
/// <param name="Offset">What is added.</param>
public sealed record NumberGeneratorExpression(uint Modulus, bool IsRandom, uint Register, uint Offset = 0) : NftExpression
{
    internal const string KernelName = "numgen";

    private const ushort DestinationAttribute = 1;
    private const ushort ModulusAttribute = 2;
    private const ushort TypeAttribute = 3;
    private const ushort OffsetAttribute = 4;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"numgen {(IsRandom ? "random" : "inc")} mod {Modulus} offset {Offset} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(DestinationAttribute, Register);
        writer.WriteUInt32BigEndian(ModulusAttribute, Modulus);
        writer.WriteUInt32BigEndian(TypeAttribute, IsRandom ? 1u : 0);
        writer.WriteUInt32BigEndian(OffsetAttribute, Offset);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new NumberGeneratorExpression(
        attributes.UInt32(ModulusAttribute), attributes.UInt32(TypeAttribute) != 0, attributes.UInt32(DestinationAttribute),
        attributes.UInt32(OffsetAttribute));
}
