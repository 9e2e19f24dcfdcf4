using System.Globalization;
using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary><c>encap</c> of routes and next hops: <c>mpls</c>, <c>ip</c>, <c>ip6</c>, <c>ila</c>.</summary>
internal static class Encapsulation
{
    private const int MaxLabels = 2;

    private static readonly NameTable NoNames = new();

    public static bool TryRead(EntryCursor cursor, out RouteEncapsulation encapsulation)
    {
        encapsulation = default;
        if (!cursor.ReadValue())
            return false;
        return cursor.Word switch
        {
            "mpls" => TryReadMpls(cursor, out encapsulation),
            "ip" => TryReadTunnel(cursor, AddressFamily.InterNetwork, out encapsulation),
            "ip6" => TryReadTunnel(cursor, AddressFamily.InterNetworkV6, out encapsulation),
            "ila" => TryReadIla(cursor, out encapsulation),
            _ => cursor.Fail($"'{cursor.Word}' is no encapsulation", "mpls, ip, ip6 or ila"),
        };
    }

    private static bool TryReadMpls(EntryCursor cursor, out RouteEncapsulation encapsulation)
    {
        encapsulation = default;
        if (!cursor.ReadValue())
            return false;
        var words = cursor.Word.Split('/');
        var labels = new uint[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!NoNames.TryFind(words[i], RouteEncapsulation.MaxMplsLabel, out labels[i]))
                return cursor.Fail($"'{words[i]}' is no MPLS label", $"a number up to {RouteEncapsulation.MaxMplsLabel}");
        }

        if (labels.Length > MaxLabels)
            return cursor.Fail($"{labels.Length} MPLS labels are too many", "LABEL or LABEL/LABEL");
        encapsulation = RouteEncapsulation.Mpls(labels);
        return true;
    }

    private static bool TryReadTunnel(EntryCursor cursor, AddressFamily family, out RouteEncapsulation encapsulation)
    {
        var isIPv6 = family == AddressFamily.InterNetworkV6;
        var (fieldName, limitName) = isIPv6 ? ("tc", "hoplimit") : ("tos", "ttl");
        ulong? id = null;
        InetAddress destination = default, source = default;
        byte? field = null, limit = null;
        ushort? flags = null;
        encapsulation = default;
        while (cursor.Read())
        {
            uint number;
            byte value;
            var option = cursor.Word;
            if (option == "id")
            {
                if (!cursor.ReadValue())
                    return false;
                if (!ulong.TryParse(cursor.Word, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
                    return cursor.Fail($"'{cursor.Word}' is no tunnel id");
                id = parsed;
            }
            else if (option == "dst")
            {
                if (!cursor.ReadAddress(family, out destination))
                    return false;
            }
            else if (option == "src")
            {
                if (!cursor.ReadAddress(family, out source))
                    return false;
            }
            else if (option == fieldName || (isIPv6 && option == "tos"))
            {
                if (!cursor.ReadByte(option, cursor.Names.Fields, out value))
                    return false;
                field = value;
            }
            else if (option == limitName || (isIPv6 && option == "ttl"))
            {
                if (!cursor.ReadNumber(option, 0, byte.MaxValue, out number))
                    return false;
                limit = (byte)number;
            }
            else if (option == "flags")
            {
                if (!cursor.ReadAnyBase(option, ushort.MaxValue, out number))
                    return false;
                flags = (ushort)number;
            }
            else
            {
                // It belongs to the route.
                cursor.Unread();
                break;
            }
        }

        if (id is null && destination.IsNone)
            return cursor.Fail("an encapsulation needs id or dst");
        encapsulation = RouteEncapsulation.Tunnel(isIPv6, id, destination, source, field, limit, flags);
        return true;
    }

    private static bool TryReadIla(EntryCursor cursor, out RouteEncapsulation encapsulation)
    {
        encapsulation = default;
        if (!cursor.ReadValue())
            return false;
        var groups = cursor.Word.Split(':');
        ulong locator = 0;
        foreach (var group in groups)
        {
            if (groups.Length != 4 || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
                return cursor.Fail($"'{cursor.Word}' is no ILA locator", "four groups of hexadecimal digits: 1:2:3:4");
            locator = (locator << 16) | bits;
        }

        encapsulation = RouteEncapsulation.Ila(locator);
        return true;
    }
}
