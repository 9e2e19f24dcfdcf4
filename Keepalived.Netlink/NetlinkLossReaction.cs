namespace Keepalived.Netlink;

/// <summary>What an operation does when messages were lost.</summary>
internal enum NetlinkLossReaction
{
    /// <summary>It goes on waiting: its end is still to come.</summary>
    Wait,

    /// <summary>It is sent again.</summary>
    Restart,

    /// <summary>What was sent counts as answered.</summary>
    Settle,
}
