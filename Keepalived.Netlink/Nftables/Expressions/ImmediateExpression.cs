using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Loads a value into a register; into <see cref="NftRegister.Verdict"/> it decides (<c>immediate</c>).</summary>
/// <param name="Register">The register.</param>
/// <param name="Data">The value or verdict.</param>
public sealed record ImmediateExpression(uint Register, NftData Data) : NftExpression
{
    internal const string KernelName = "immediate";

    private const ushort DestinationAttribute = 1;
    private const ushort DataAttribute = 2;

    /// <summary>Decides.</summary>
    public ImmediateExpression(NftVerdict verdict)
        : this(NftRegister.Verdict, verdict)
    {
    }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => Data.Verdict is { } verdict ? verdict.ToString() : $"immediate reg {Register} = {Data}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(DestinationAttribute, Register);
        Data.Encode(ref writer, DataAttribute);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) =>
        new ImmediateExpression(attributes.UInt32(DestinationAttribute), attributes.Data(DataAttribute));
}
