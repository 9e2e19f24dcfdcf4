namespace Keepalived.Netlink.Wire;

/// <summary>The message types that every netlink protocol shares (NLMSG_* of linux/netlink.h).</summary>
public static class NetlinkMessageType
{
    /// <summary>Nothing; to be skipped (NLMSG_NOOP).</summary>
    public const ushort Noop = 1;

    /// <summary>An error, or with error 0 an acknowledgement (NLMSG_ERROR).</summary>
    public const ushort Error = 2;

    /// <summary>The end of a multipart answer (NLMSG_DONE).</summary>
    public const ushort Done = 3;

    /// <summary>
    /// Data was lost here (NLMSG_OVERRUN). The kernel reserves it and never sends it; <see cref="NetlinkSocket"/> puts it into its stream
    /// where the socket reported a loss, with the errno as a 32-bit payload, so that losses keep their place among the messages.
    /// </summary>
    public const ushort Overrun = 4;

    /// <summary>The first type that belongs to a protocol; the ones below are control messages (NLMSG_MIN_TYPE).</summary>
    public const ushort FirstProtocolType = 16;
}
