using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Leaves a packet out of connection tracking (<c>notrack</c>), in a chain before it.</summary>
public sealed record NotrackExpression : NftExpression
{
    internal const string KernelName = "notrack";

    /// <inheritdoc/>
    public override string Name => KernelName;

    /// <inheritdoc/>
    public override string ToString() => KernelName;

    internal override void Encode(ref NetlinkMessageWriter writer)
    {
    }

    internal static NftExpression? Decode(ref NftAttributes attributes) => new NotrackExpression();
}
