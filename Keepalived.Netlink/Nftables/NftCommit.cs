namespace Keepalived.Netlink.Nftables;

/// <summary>What the kernel told about the rules of a transaction that it carried out.</summary>
public sealed class NftCommit
{
    private readonly Dictionary<int, ulong> _handles;

    internal NftCommit(Dictionary<int, ulong> handles) => _handles = handles;

    /// <summary>The handle of a rule that was added, inserted or replaced.</summary>
    /// <param name="index">What <see cref="NftTransaction.AddRule"/>, InsertRule or ReplaceRule returned.</param>
    /// <exception cref="KeyNotFoundException">That was no rule, or the kernel did not tell.</exception>
    public ulong HandleOf(int index) => _handles[index];
}
