using System.Text;

namespace Keepalived.Netlink.Nftables;

/// <summary>Names of tables, chains, sets and objects.</summary>
internal static class NftName
{
    /// <summary>NFT_NAME_MAXLEN, which counts the terminating zero.</summary>
    private const int MaxLength = 255;

    public static string Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > MaxLength || name.Contains('\0'))
            throw new ArgumentException($"A name has 1 to {MaxLength} bytes and no zero among them.", nameof(name));
        return name;
    }

    /// <summary>A family as nft writes it.</summary>
    public static string Of(NftFamily family) => family switch
    {
        NftFamily.IPv4 => "ip",
        NftFamily.IPv6 => "ip6",
        NftFamily.NetDevice => "netdev",
        _ => family.ToString().ToLowerInvariant(),
    };
}
