using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Nftables;

/// <summary>Notifications (<see cref="NftablesClient.NotificationGroup"/>) that something was deleted.</summary>
public static class NftRemoval
{
    /// <summary>The attribute with the table's name, in messages of all types.</summary>
    private const ushort TableAttribute = 1;

    /// <summary>Whether a message says that a table of this name, of any family, or something in it, was deleted. Never throws.</summary>
    public static bool Concerns(in NetlinkMessage message, ReadOnlySpan<char> table)
    {
        if (message.Type is not (NftMessageType.DeleteTable or NftMessageType.DeleteChain or NftMessageType.DeleteRule
            or NftMessageType.DeleteSet or NftMessageType.DeleteElements or NftMessageType.DeleteObject))
            return false;
        return message.Attributes(NftHeader.Length).TryFind(TableAttribute, out var name) && table.SequenceEqual(name.GetString());
    }
}
