using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>bfd_unsolicited</c> block, completed: which neighbours may open sessions with us (RFC 9468).</summary>
public sealed record BfdUnsolicitedConfiguration
{
    /// <summary>The interfaces on which they may; at least one.</summary>
    public required EquatableArray<string> Interfaces { get; init; }

    /// <summary>Where they may be; empty for anywhere on the interfaces.</summary>
    public EquatableArray<InetPrefix> Prefixes { get; init; }

    /// <summary>How many such sessions there may be.</summary>
    public int MaxSessions { get; init; }

    /// <summary>How the sessions behave; they are passive whatever this says.</summary>
    public required BfdSessionConfiguration Session { get; init; }
}
