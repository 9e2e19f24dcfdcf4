namespace Keepalived.Netlink.Io;

/// <summary>Where a <see cref="ConnectionAttempt"/> goes, from where, and how long it may take.</summary>
public readonly record struct ConnectionAttemptOptions
{
    /// <summary>The address. A link-local one needs an <see cref="Interface"/>.</summary>
    public required InetAddress Address { get; init; }

    /// <summary>The TCP port.</summary>
    public required ushort Port { get; init; }

    /// <summary>How long it may take; above zero.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The source address, of the same family; <see cref="InetAddress.None"/>, the default, for whichever the route gives.</summary>
    public InetAddress BindAddress { get; init; }

    /// <summary>The source port, which counts only with <see cref="BindAddress"/>; 0, the default, for one that is free.</summary>
    public ushort BindPort { get; init; }

    /// <summary>The interface to go out by (SO_BINDTODEVICE), at most 15 bytes; any by default.</summary>
    public string? Interface { get; init; }

    /// <summary>The firewall mark of the packets (SO_MARK), which needs CAP_NET_ADMIN; 0, the default, for none.</summary>
    public uint Mark { get; init; }
}
