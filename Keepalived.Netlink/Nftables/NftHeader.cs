using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>struct nfgenmsg, which comes before the attributes of every message: family, version 0, and a 16-bit number.</summary>
internal static class NftHeader
{
    public const int Length = 4;

    public static void Write(ref NetlinkMessageWriter writer, NftFamily family) => writer.WriteFixedHeader(Length)[0] = (byte)family;

    /// <summary>The family, and the attributes of a message of the type that is expected.</summary>
    public static NetlinkDecodeError TryRead(in NetlinkMessage message, ushort type, out NftFamily family, out NftAttributes attributes)
    {
        family = NftFamily.Unspecified;
        attributes = default;
        if (message.Type != type)
            return NetlinkDecodeError.WrongType;
        if (message.Payload.Length < Length)
            return NetlinkDecodeError.TruncatedPayload;
        family = (NftFamily)message.Payload[0];
        attributes = new NftAttributes(message.Attributes(Length));
        return attributes.IsMalformed ? NetlinkDecodeError.MalformedAttribute : NetlinkDecodeError.None;
    }
}
