using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads a hash: of a register (<c>jhash</c>), or of the connection, the same in both directions (<c>symhash</c>).</summary>
/// <param name="Source">The register that is hashed; null for the connection.</param>
/// <param name="Length">How many bytes of it.</param>
/// <param name="Modulus">Hashes are less than this.</param>
/// <param name="Register">The register for the hash, in host order.</param>
public sealed record HashExpression(uint? Source, uint Length, uint Modulus, uint Register) : NftExpression
{
    internal const string KernelName = "hash";

    private const ushort SourceAttribute = 1;
    private const ushort DestinationAttribute = 2;
    private const ushort LengthAttribute = 3;
    private const ushort ModulusAttribute = 4;
    private const ushort SeedAttribute = 5;
    private const ushort OffsetAttribute = 6;
    private const ushort TypeAttribute = 7;

    /// <summary>Where the hash starts from; null for a random seed that the kernel chooses.</summary>
    public uint? Seed { get; init; }

    /// <summary>What is added.</summary>
    public uint Offset { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"hash reg {Source} mod {Modulus} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(TypeAttribute, Source is null ? 1u : 0);
        writer.WriteUInt32BigEndian(DestinationAttribute, Register);
        writer.WriteUInt32BigEndian(ModulusAttribute, Modulus);
        if (Offset != 0)
            writer.WriteUInt32BigEndian(OffsetAttribute, Offset);
        if (Source is not { } source)
            return;
        writer.WriteUInt32BigEndian(SourceAttribute, source);
        writer.WriteUInt32BigEndian(LengthAttribute, Length);
        if (Seed is { } seed)
            writer.WriteUInt32BigEndian(SeedAttribute, seed);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new HashExpression(
        attributes.UInt32OrNull(SourceAttribute), attributes.UInt32(LengthAttribute), attributes.UInt32(ModulusAttribute),
        attributes.UInt32(DestinationAttribute))
    {
        Seed = attributes.UInt32OrNull(SeedAttribute),
        Offset = attributes.UInt32(OffsetAttribute),
    };
}
