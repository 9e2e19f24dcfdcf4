namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>The checksum to be put right when bytes of a packet are changed (enum nft_payload_csum_types).</summary>
public enum PayloadChecksum : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The internet checksum.</summary>
    Internet = 1,

    /// <summary>SCTP's CRC-32c.</summary>
    Sctp = 2,
}
