using Keepalived.Ipvs;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>NAT</c>, <c>DR</c>, or <c>TUN</c> with its options. Wrong options do not take the method back.</summary>
internal sealed class LvsMethodSyntax : ValueSyntax<LvsMethod>
{
    private static readonly NumberSyntax<int> Port = new(1, 65535);

    public override string Description => "NAT|DR|TUN [type ipip|gue port PORT|gre] [nocsum|csum|remcsum]";

    public override bool TryRead(ValueReader reader, LvsMethod previous, out LvsMethod value)
    {
        value = new LvsMethod(reader[1] switch
        {
            "DR" => IpvsForwarding.DirectRouting,
            "TUN" => IpvsForwarding.Tunnel,
            _ => IpvsForwarding.Nat,
        });
        if (reader[1] is not ("NAT" or "DR" or "TUN"))
        {
            reader.Unknown(1, ["NAT", "DR", "TUN"]);
            return false;
        }

        if (ReadTunnel(reader) is { } tunnel)
            value = value with { Tunnel = tunnel };
        return true;
    }

    // The options; null, reported, if one of them is wrong.
    private static IpvsTunnel? ReadTunnel(ValueReader reader)
    {
        var tunnel = IpvsTunnel.Ipip;
        var hasChecksum = false;
        for (var word = 2; word < reader.Count; word++)
        {
            switch (reader[word])
            {
                case "type" when word + 1 < reader.Count && reader[word + 1] is "ipip" or "gue" or "gre":
                    tunnel = tunnel with
                    {
                        Type = reader[++word] switch { "gue" => IpvsTunnelType.Gue, "gre" => IpvsTunnelType.Gre, _ => IpvsTunnelType.Ipip },
                    };
                    break;
                case "port" when word + 1 < reader.Count:
                    if (!Port.TryRead(reader, ++word, out var port))
                        return null;
                    tunnel = tunnel with { Port = (ushort)port };
                    break;
                case "nocsum" or "csum" or "remcsum":
                    hasChecksum = true;
                    tunnel = tunnel with
                    {
                        Checksum = reader[word] switch
                        {
                            "csum" => IpvsTunnelChecksum.Checksum,
                            "remcsum" => IpvsTunnelChecksum.RemoteChecksum,
                            _ => IpvsTunnelChecksum.None,
                        },
                    };
                    break;
                default:
                    reader.Unknown(word, ["type", "port", "nocsum", "csum", "remcsum"]);
                    return null;
            }
        }

        var problem = tunnel.Type == IpvsTunnelType.Gue ? tunnel.Port == 0 ? "gue needs a port" : null
            : tunnel.Port != 0 ? "only gue has a port"
            : hasChecksum && tunnel.Type == IpvsTunnelType.Ipip ? "ipip has no checksum options"
            : tunnel is { Type: IpvsTunnelType.Gre, Checksum: IpvsTunnelChecksum.RemoteChecksum } ? "gre has no remcsum" : null;
        if (problem is null)
            return tunnel;
        reader.Invalid(1, problem);
        return null;
    }
}
