using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>NAT</c>, <c>DR</c>, or <c>TUN</c> with its options. Wrong options do not take the method back.</summary>
internal sealed class LvsMethodSyntax : ValueSyntax<LvsMethod>
{
    private static readonly NumberSyntax<int> Port = new(1, 65535);

    public override string Description => "NAT|DR|TUN [type ipip|gue port PORT|gre] [nocsum|csum|remcsum]";

    public override bool TryRead(ValueReader reader, LvsMethod? previous, out LvsMethod value)
    {
        value = new LvsMethod(reader.Text(1));
        if (reader[1] is not ("NAT" or "DR" or "TUN"))
        {
            reader.Unknown(1, ["NAT", "DR", "TUN"]);
            return false;
        }

        var options = value;
        for (var word = 2; word < reader.Count; word++)
        {
            switch (reader[word])
            {
                case "type" when word + 1 < reader.Count && reader[word + 1] is "ipip" or "gue" or "gre":
                    options = options with { TunnelType = reader.Text(++word) };
                    break;
                case "port" when word + 1 < reader.Count:
                    if (!Port.TryRead(reader, ++word, out var port))
                        return true;
                    options = options with { TunnelPort = port };
                    break;
                case "nocsum" or "csum" or "remcsum":
                    options = options with { Checksum = reader.Text(word) };
                    break;
                default:
                    reader.Unknown(word, ["type", "port", "nocsum", "csum", "remcsum"]);
                    return true;
            }
        }

        var problem = options.TunnelType == "gue" ? options.TunnelPort == 0 ? "gue needs a port" : null
            : options.TunnelPort != 0 ? "only gue has a port"
            : options.Checksum is not null && options.TunnelType is not "gre" ? "ipip has no checksum options"
            : options is { TunnelType: "gre", Checksum: "remcsum" } ? "gre has no remcsum" : null;
        if (problem is not null)
            reader.Invalid(1, problem);
        else
            value = options;
        return true;
    }
}
