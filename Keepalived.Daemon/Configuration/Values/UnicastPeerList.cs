using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Unicast peers: <c>IP [min_ttl N] [max_ttl N]</c>.</summary>
internal sealed class UnicastPeerList()
    : DistinctListSyntax<UnicastPeerConfiguration, InetAddress>("unicast_peer", static peer => peer.Address)
{
    private static readonly NumberSyntax<int> Ttl = new(0, 255);

    public override string Description => "{ IP [min_ttl 0..255] [max_ttl 0..255] ... }";

    protected override void ReadEntry(ValueReader entry, DistinctList<UnicastPeerConfiguration, InetAddress> list)
    {
        // As in the original, a prefix length or the end of a range is allowed and means nothing.
        var end = entry[0].IndexOfAny('/', '-');
        if (!InetAddress.TryParse(end < 0 ? entry[0] : entry[0][..end], out var address))
        {
            entry.Invalid(0, $"'{entry.Text(0)}' is no IP address; the peer is left out", "an IP address");
            return;
        }

        if (address.IsAny || address.IsMulticast)
        {
            entry.Remark(0, DiagnosticCodes.InvalidValue, $"{address} is no address of a peer; it is left out");
            return;
        }

        if (list.HasKey(address))
        {
            entry.Remark(0, DiagnosticCodes.Duplicate, $"the peer {address} is listed twice; it counts once");
            return;
        }

        if (list.Count > 0 && list[0].Address.Family != address.Family)
        {
            entry.Invalid(0, $"{address} is of another family than the peers before it; it is left out",
                list[0].Address.Family == AddressFamily.InterNetwork ? "an IPv4 address" : "an IPv6 address");
            return;
        }

        var peer = new UnicastPeerConfiguration { Address = address, Position = entry.Statement.Location };
        for (var word = 1; word < entry.Count; word++)
        {
            if (entry[word] is not ("min_ttl" or "max_ttl"))
            {
                entry.Unknown(word, ["min_ttl", "max_ttl"]);
                continue;
            }

            var isMin = entry[word] is "min_ttl";
            if (word + 1 == entry.Count)
                entry.Invalid(word, $"a number must follow {entry.Text(word)}");
            else if (Ttl.TryRead(entry, ++word, out var ttl))
                peer = isMin ? peer with { MinTtl = (byte)ttl } : peer with { MaxTtl = (byte)ttl };
        }

        if (peer.MinTtl > peer.MaxTtl)
            entry.Invalid(0, $"min_ttl {peer.MinTtl} is more than max_ttl {peer.MaxTtl}: no advert of {address} will pass");
        list.TryAdd(peer);
    }
}
