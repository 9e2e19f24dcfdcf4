namespace Keepalived.Netlink.Nftables;

/// <summary>Message types of nf_tables (enum nf_tables_msg_types of linux/netfilter/nf_tables.h), the subsystem's number included.</summary>
internal static class NftMessageType
{
    public const ushort NewTable = Subsystem | 0;
    public const ushort GetTable = Subsystem | 1;
    public const ushort DeleteTable = Subsystem | 2;
    public const ushort NewChain = Subsystem | 3;
    public const ushort GetChain = Subsystem | 4;
    public const ushort DeleteChain = Subsystem | 5;
    public const ushort NewRule = Subsystem | 6;
    public const ushort GetRule = Subsystem | 7;
    public const ushort DeleteRule = Subsystem | 8;
    public const ushort NewSet = Subsystem | 9;
    public const ushort GetSet = Subsystem | 10;
    public const ushort DeleteSet = Subsystem | 11;
    public const ushort NewElements = Subsystem | 12;
    public const ushort GetElements = Subsystem | 13;
    public const ushort DeleteElements = Subsystem | 14;
    public const ushort NewGeneration = Subsystem | 15;
    public const ushort NewObject = Subsystem | 18;
    public const ushort GetObject = Subsystem | 19;
    public const ushort DeleteObject = Subsystem | 20;

    /// <summary>NFNL_SUBSYS_NFTABLES, in the upper byte of every type.</summary>
    private const ushort Subsystem = 10 << 8;
}
