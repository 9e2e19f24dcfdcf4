using Keepalived.Ipvs.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Wire;

namespace Keepalived.Ipvs;

/// <summary>A service as it is in the kernel.</summary>
public sealed record IpvsServiceEntry
{
    /// <summary>The service.</summary>
    public required IpvsService Service { get; init; }

    /// <summary>What went through it.</summary>
    public IpvsStatistics Statistics { get; init; }

    /// <summary>Its destinations, where they were asked for: see <see cref="IpvsClient.GetTableAsync"/>.</summary>
    public ValueList<IpvsDestinationEntry> Destinations { get; init; }

    /// <summary>Decodes an answer to GET_SERVICE. Total: whatever the bytes, nothing is thrown.</summary>
    public static NetlinkDecodeError TryParse(in NetlinkMessage message, out IpvsServiceEntry? entry) =>
        ServiceCodec.TryParse(message, out entry);
}
