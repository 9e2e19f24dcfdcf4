using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables.Expressions;

/// <summary>Registers that may be there or not, as those of translations are.</summary>
internal static class NatAttributes
{
    public static void Write(ref NetlinkMessageWriter writer, ushort type, uint? register)
    {
        if (register is { } number)
            writer.WriteUInt32BigEndian(type, number);
    }

    /// <summary>The end of a range, unless it is its beginning: the kernel tells both.</summary>
    public static uint? Unless(uint? last, uint? first) => last == first ? null : last;
}
