using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Matches as long as packets or bytes come no faster than said (<c>limit</c>).</summary>
/// <param name="Rate">How many, in each <paramref name="Period"/>.</param>
/// <param name="Period">A whole number of seconds.</param>
/// <param name="Burst">How many may come at once beyond that.</param>
public sealed record LimitExpression(ulong Rate, TimeSpan Period, uint Burst = 0) : NftExpression
{
    internal const string KernelName = "limit";

    private const ushort RateAttribute = 1;
    private const ushort UnitAttribute = 2;
    private const ushort BurstAttribute = 3;
    private const ushort TypeAttribute = 4;
    private const ushort FlagsAttribute = 5;

    /// <summary>Whether bytes are counted instead of packets.</summary>
    public bool IsInBytes { get; init; }

    /// <summary>Whether it matches what is too much, instead of what is not.</summary>
    public bool IsOver { get; init; }

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() =>
        $"limit rate {(IsOver ? "over " : string.Empty)}{Rate}{(IsInBytes ? " bytes" : string.Empty)}/{Period.TotalSeconds:0} s burst {Burst}";

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
        writer.WriteUInt64BigEndian(RateAttribute, Rate);
        writer.WriteUInt64BigEndian(UnitAttribute, (ulong)Period.TotalSeconds);
        writer.WriteUInt32BigEndian(BurstAttribute, Burst);
        writer.WriteUInt32BigEndian(TypeAttribute, IsInBytes ? 1u : 0);
        writer.WriteUInt32BigEndian(FlagsAttribute, IsOver ? 1u : 0);
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new LimitExpression(
        attributes.UInt64(RateAttribute), TimeSpan.FromSeconds((long)Math.Min(attributes.UInt64(UnitAttribute), uint.MaxValue)),
        attributes.UInt32(BurstAttribute))
    {
        IsInBytes = attributes.UInt32(TypeAttribute) != 0,
        IsOver = (attributes.UInt32(FlagsAttribute) & 1) != 0,
    };
}
