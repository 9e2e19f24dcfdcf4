namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>IP protocols by name: those of /etc/protocols, and the usual ones where there is no such file.</summary>
internal static class IpProtocols
{
    private const string FilePath = "/etc/protocols";

    private static readonly Lazy<Dictionary<string, byte>> Names = new(ReadNames);

    public static bool TryFind(string name, out long number)
    {
        var found = Names.Value.TryGetValue(name, out var known);
        number = known;
        return found;
    }

    private static Dictionary<string, byte> ReadNames()
    {
        var names = new Dictionary<string, byte>(StringComparer.OrdinalIgnoreCase)
        {
            ["icmp"] = 1,
            ["igmp"] = 2,
            ["ipip"] = 4,
            ["tcp"] = 6,
            ["udp"] = 17,
            ["dccp"] = 33,
            ["ipv6"] = 41,
            ["gre"] = 47,
            ["esp"] = 50,
            ["ah"] = 51,
            ["ipv6-icmp"] = 58,
            ["ospf"] = 89,
            ["vrrp"] = 112,
            ["sctp"] = 132,
            ["udplite"] = 136,
        };
        if (!File.Exists(FilePath))
            return names;
        foreach (var line in File.ReadLines(FilePath))
        {
            // NAME NUMBER [ALIAS ...] [# COMMENT]
            var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !byte.TryParse(words[1], out var number))
                continue;
            names[words[0]] = number;
            foreach (var alias in words[2..])
                names[alias] = number;
        }

        return names;
    }
}
