using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>Where a check connects to, and where from.</summary>
public sealed record CheckConnection
{
    /// <summary><c>connect_ip</c>; the real server's address where nothing is said.</summary>
    public InetAddress Address { get; init; }

    /// <summary>
    /// <c>connect_port</c>; else the real server's port as written, or, if none is written, the one that it has in the end. PING has none.
    /// </summary>
    public ushort Port { get; init; }

    /// <summary><c>bindto</c>: the source address, of the same family; <see cref="InetAddress.None"/> for any.</summary>
    public InetAddress BindAddress { get; init; }

    /// <summary><c>bind_port</c>: the source port, which counts only with <see cref="BindAddress"/>; 0 for any.</summary>
    public ushort BindPort { get; init; }

    /// <summary><c>bind_if</c>: the interface; any if null. A link-local IPv6 address has one.</summary>
    public string? BindInterface { get; init; }

    /// <summary><c>fwmark</c> of the packets; 0 for none.</summary>
    public uint FirewallMark { get; init; }

    /// <summary><c>connect_timeout</c>: how long connecting, and each reply, may take; 1 µs to 4294.967295 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
