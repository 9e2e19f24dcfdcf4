using Keepalived.Netlink.Route;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <content>Next hops. What is wrong with one ends their list; those before it stay.</content>
internal sealed partial class RouteParser
{
    private void ReadNexthops()
    {
        do
        {
            if (!TryReadNexthop(out var nexthop))
                return;
            _nexthops.Add(nexthop);
            if (!cursor.Read())
                return;
        }
        while (cursor.Word is "nexthop");
        cursor.Complain($"'{cursor.Word}' is no option of a next hop; it and what follows is ignored");
    }

    /// <summary>Reads up to the word that does not belong to it.</summary>
    private bool TryReadNexthop(out VirtualNexthop nexthop)
    {
        var way = new Nexthop();
        string? device = null;
        nexthop = new VirtualNexthop(way);
        while (cursor.Read())
        {
            switch (cursor.Word)
            {
                case "via":
                    if (!TryReadGateway(out var gateway))
                        return false;
                    way = way with { Gateway = gateway };
                    break;
                case "dev" or "oif":
                    if (!cursor.ReadInterface(out device))
                        return false;
                    break;
                case "weight":
                    if (!cursor.ReadNumber("weight", 1, 256, out var weight))
                        return false;
                    way = way with { Weight = (int)weight };
                    break;
                case "onlink":
                    way = way with { Flags = RouteFlags.OnLink };
                    break;
                case "encap":
                    if (!Encapsulation.TryRead(cursor, out var encapsulation))
                        return false;
                    way = way with { EncapsulationType = encapsulation.Type, Encapsulation = encapsulation.Attributes };
                    break;
                case "realms":
                    if (!cursor.ReadRealms(out var realms))
                        return false;
                    way = way with { Realms = realms };
                    break;
                default:
                    cursor.Unread();
                    nexthop = new VirtualNexthop(way, device);
                    return true;
            }
        }

        nexthop = new VirtualNexthop(way, device);
        return true;
    }

    /// <summary>The old form of two ways: <c>via A or B</c>.</summary>
    private bool TryReadOldNexthop()
    {
        if (!TryReadGateway(out var second))
            return false;
        if (_route.Gateway.IsNone)
            return cursor.Fail("'or' follows a gateway");
        _nexthops.Add(new VirtualNexthop(new Nexthop { Gateway = _route.Gateway }));
        _nexthops.Add(new VirtualNexthop(new Nexthop { Gateway = second }));
        return true;
    }
}
