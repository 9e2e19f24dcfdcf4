using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The ipvlan of an instance (<c>use_ipvlan</c>).</summary>
public sealed record IpvlanConfiguration
{
    /// <summary>Its name; chosen if null.</summary>
    public string? Name { get; init; }

    /// <summary>Its address, and the source of the adverts.</summary>
    public InetPrefix? Address { get; init; }

    /// <summary>How it talks to others on its interface.</summary>
    public IpvlanFlags Flags { get; init; }

    /// <summary>Its interface group; the base interface's if null.</summary>
    public uint? Group { get; init; }
}
