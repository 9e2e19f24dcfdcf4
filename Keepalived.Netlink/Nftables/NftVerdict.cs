namespace Keepalived.Netlink.Nftables;

/// <summary>A verdict: what becomes of a packet, and in which chain it goes on.</summary>
/// <param name="Code">What becomes of it.</param>
/// <param name="Chain">The chain of <see cref="NftVerdictCode.Jump"/> and <see cref="NftVerdictCode.Goto"/>.</param>
public readonly record struct NftVerdict(NftVerdictCode Code, string? Chain = null)
{
    /// <summary>Let it pass this hook.</summary>
    public static NftVerdict Accept => new(NftVerdictCode.Accept);

    /// <summary>Drop it.</summary>
    public static NftVerdict Drop => new(NftVerdictCode.Drop);

    /// <summary>Back to the chain before.</summary>
    public static NftVerdict Return => new(NftVerdictCode.Return);

    /// <summary>The next rule.</summary>
    public static NftVerdict Continue => new(NftVerdictCode.Continue);

    /// <summary>Through another chain and back.</summary>
    public static NftVerdict Jump(string chain) => new(NftVerdictCode.Jump, chain);

    /// <summary>Into another chain for good.</summary>
    public static NftVerdict Goto(string chain) => new(NftVerdictCode.Goto, chain);

    /// <summary>As nft writes it.</summary>
    public override string ToString() => Chain is null ? Code.ToString().ToLowerInvariant() : $"{Code.ToString().ToLowerInvariant()} {Chain}";
}
