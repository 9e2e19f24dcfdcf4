namespace Keepalived.Netlink.Nftables;

/// <summary>What becomes of a packet (NF_* of linux/netfilter.h and enum nft_verdicts).</summary>
public enum NftVerdictCode
{
    /// <summary>Go on with the next rule (NFT_CONTINUE).</summary>
    Continue = -1,

    /// <summary>Leave this rule and go on with the next (NFT_BREAK).</summary>
    Break = -2,

    /// <summary>Go through another chain and come back (NFT_JUMP).</summary>
    Jump = -3,

    /// <summary>Go on in another chain for good (NFT_GOTO).</summary>
    Goto = -4,

    /// <summary>Back to where the chain was called from, or the policy (NFT_RETURN).</summary>
    Return = -5,

    /// <summary>Drop it (NF_DROP).</summary>
    Drop = 0,

    /// <summary>Let it pass this hook (NF_ACCEPT).</summary>
    Accept = 1,

    /// <summary>Hand it to a program (NF_QUEUE).</summary>
    Queue = 3,
}
