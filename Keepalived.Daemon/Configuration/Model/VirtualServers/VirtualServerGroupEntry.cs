using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model.VirtualServers;

/// <summary>An entry of a <c>virtual_server_group</c>: a range of addresses with a port, or a firewall mark.</summary>
public sealed record VirtualServerGroupEntry
{
    /// <summary>The first address; <see cref="InetAddress.None"/> for a mark.</summary>
    public InetAddress First { get; init; }

    /// <summary>The last address, of the same family; equal to <see cref="First"/> for a single one.</summary>
    public InetAddress Last { get; init; }

    /// <summary>The port; 0: all ports, which needs persistence.</summary>
    public ushort Port { get; init; }

    /// <summary>The firewall mark; 0 for addresses, and of a mark that says so.</summary>
    public uint FirewallMark { get; init; }

    /// <summary>Whether it is a firewall mark.</summary>
    public bool IsMark => First.IsNone;

    /// <summary>The family: of the addresses, or what a mark says; <see cref="AddressFamily.Unspecified"/> for a mark that says none.</summary>
    public AddressFamily Family { get; init; }

    /// <summary>Where it stands.</summary>
    public Position Position { get; init; }
}
