namespace Keepalived.Netlink.Nftables;

/// <summary>What makes a chain a base chain: where packets enter it, in which order with others, and what becomes of those that pass.</summary>
/// <param name="Hook">Where packets enter it.</param>
/// <param name="Priority">The chains of a hook run in the order of their priorities, least first; 0 is that of filters.</param>
public sealed record NftBaseChain(NftHook Hook, int Priority)
{
    /// <summary>What it does: <c>filter</c>, <c>nat</c> or <c>route</c>.</summary>
    public string Type { get; init; } = "filter";

    /// <summary>What becomes of packets that no rule decided about: true to drop them.</summary>
    public bool DropsByPolicy { get; init; }

    /// <summary>The devices of a chain at the ingress or egress hook.</summary>
    public ValueList<string> Devices { get; init; }
}
