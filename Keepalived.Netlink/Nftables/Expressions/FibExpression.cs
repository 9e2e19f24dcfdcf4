using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Looks into the routing table (<c>fib</c>).</summary>
/// <param name="Result">What is wanted.</param>
/// <param name="Flags">What is looked up.</param>
/// <param name="Register">The register for it.</param>
public sealed record FibExpression(FibResult Result, FibFlags Flags, uint Register) : NftExpression
{
    internal const string KernelName = "fib";

    private const ushort DestinationAttribute = 1;
    private const ushort ResultAttribute = 2;
    private const ushort FlagsAttribute = 3;

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => $"fib {Flags} {Result} => reg {Register}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt32BigEndian(ResultAttribute, (uint)Result);
        writer.WriteUInt32BigEndian(FlagsAttribute, (uint)Flags);
        writer.WriteUInt32BigEndian(DestinationAttribute, Register);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new FibExpression(
        (FibResult)attributes.UInt32(ResultAttribute), (FibFlags)attributes.UInt32(FlagsAttribute), attributes.UInt32(DestinationAttribute));
}
