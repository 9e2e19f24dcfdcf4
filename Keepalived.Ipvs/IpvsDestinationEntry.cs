using System.Net.Sockets;
using Keepalived.Ipvs.Wire;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs;

/// <summary>A destination as it is in the kernel.</summary>
public sealed record IpvsDestinationEntry
{
    /// <summary>The destination.</summary>
    public required IpvsDestination Destination { get; init; }

    /// <summary>Connections in an established state.</summary>
    public uint ActiveConnections { get; init; }

    /// <summary>Connections that are being opened or closed, and those of UDP.</summary>
    public uint InactiveConnections { get; init; }

    /// <summary>Clients that are remembered for it.</summary>
    public uint PersistentConnections { get; init; }

    /// <summary>What went to it.</summary>
    public IpvsStatistics Statistics { get; init; }

    /// <summary>Whether no connection and no client is left.</summary>
    public bool IsIdle => (ActiveConnections | InactiveConnections | PersistentConnections) == 0;

    /// <summary>Decodes an answer to GET_DEST. Total: whatever the bytes, nothing is thrown.</summary>
    /// <param name="message">The message.</param>
    /// <param name="serviceFamily">The family of the service, for kernels before 3.18, which do not say that of the destination.</param>
    /// <param name="entry">The destination.</param>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, AddressFamily serviceFamily, out IpvsDestinationEntry? entry) =>
        DestinationCodec.TryParse(message, serviceFamily, out entry);
}
