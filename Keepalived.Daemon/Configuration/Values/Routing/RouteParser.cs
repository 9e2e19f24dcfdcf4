using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>
/// One route. Options come in any order; the family is that of the first word that has one, and a word of another family leaves the route
/// out, but for gateways: a route may have one of the other family (RFC 5549).
/// </summary>
internal sealed partial class RouteParser(EntryCursor cursor, bool isStatic)
{
    private static readonly InetPrefix AnyIPv4 = new(InetAddress.FromIPv4(0), 0);
    private static readonly InetPrefix AnyIPv6 = new(InetAddress.Parse("::"), 0);

    private readonly List<VirtualNexthop> _nexthops = [];
    private AddressFamily _family;
    private bool _hasDestination;
    private InetPrefix? _destination;
    private Route _route = new() { Destination = AnyIPv4, Protocol = RouteProtocol.Keepalived };
    private string? _device;
    private string? _vrf;
    private RouteInsertion _insertion;
    private bool _noTrack;
    private bool _hasProtocol;
    private string? _trackGroup;

    /// <summary>Reads the line to its end.</summary>
    public bool TryParse([NotNullWhen(true)] out RouteConfiguration? route)
    {
        route = null;
        while (cursor.Read())
        {
            if (cursor.Word is "nexthop")
            {
                ReadNexthops();
                if (_nexthops.Count == 0)
                    return cursor.Fail("there is no next hop that can be used");
                break;
            }

            if (!TryReadOption(cursor.Word))
                return false;
        }

        if (!TryComplete(out var completed))
            return false;
        route = new RouteConfiguration { Route = completed, TrackGroup = _trackGroup };
        return true;
    }

    private bool TryReadOption(string word)
    {
        switch (word)
        {
            case "inet":
                return TrySetFamily(AddressFamily.InterNetwork);
            case "inet6":
                return TrySetFamily(AddressFamily.InterNetworkV6);
            case "to":
                return cursor.ReadValue() && TryReadDestination(cursor.Word);
            case "via":
                return TryReadGateway(out var gateway) && Set(_route with { Gateway = gateway });
            case "gw":
                Deprecated("gw", "via", isFault: true);
                return TryReadGateway(out gateway) && Set(_route with { Gateway = gateway });
            case "or":
                Deprecated("or", "nexthop", isFault: true);
                return TryReadOldNexthop();
            case "src":
                return cursor.ReadAddress(AddressFamily.Unspecified, out var source) && TrySetFamily(source.Family)
                    && Set(_route with { PreferredSource = source });
            case "from":
                return TryReadSource();
            case "dev" or "oif":
                return cursor.ReadInterface(out _device!);
            case "vrf":
                return cursor.ReadInterface(out _vrf!);
            case "onlink":
                return Set(_route with { Flags = _route.Flags | RouteFlags.OnLink });
            case "add" or "prepend" or "append":
                _insertion = word switch
                {
                    "add" => RouteInsertion.Exclusive,
                    "append" => RouteInsertion.Append,
                    _ => RouteInsertion.Prepend,
                };
                return true;
            case "no_track":
                return _noTrack = true;
            case "track_group" when isStatic:
                if (!cursor.ReadValue())
                    return false;
                _trackGroup = cursor.Word;
                return true;
            case "as":
                if (cursor.IsNext("to"))
                    cursor.Read();
                if (!cursor.ReadValue())
                    return false;
                cursor.Complain("'as' is for MPLS; it is ignored");
                return true;
            case "encap":
                return Encapsulation.TryRead(cursor, out var encapsulation)
                    && Set(_route with { EncapsulationType = encapsulation.Type, Encapsulation = encapsulation.Attributes });
            default:
                return TryReadSelector(word, out var isSelector) && (isSelector
                    || (TryReadMetric(word, out var isMetric) && (isMetric || TryReadDestination(word))));
        }
    }

    /// <summary>What the kernel tells routes apart by, and what else is a number or a name.</summary>
    private bool TryReadSelector(string word, out bool isSelector)
    {
        isSelector = true;
        byte small;
        uint number;
        switch (word)
        {
            case "tos" or "dsfield":
                return cursor.ReadByte("tos", cursor.Names.Fields, out small) && Set(_route with { TypeOfService = small });
            case "table":
                return cursor.ReadName("routing table", cursor.Names.Tables, uint.MaxValue, out number) && Set(_route with { Table = number });
            case "protocol":
                _hasProtocol = true;
                return cursor.ReadByte("protocol", cursor.Names.Protocols, out small) && Set(_route with { Protocol = small });
            case "scope":
                return cursor.ReadByte("scope", cursor.Names.Scopes, out small) && Set(_route with { Scope = (RouteScope)small });
            case "metric" or "priority" or "preference":
                return cursor.ReadNumber("metric", 0, uint.MaxValue, out number) && Set(_route with { Metric = number });
            case "realms":
                return TrySetFamily(AddressFamily.InterNetwork) && cursor.ReadRealms(out number) && Set(_route with { Realms = number });
            case "expires":
                return TrySetFamily(AddressFamily.InterNetworkV6) && cursor.ReadNumber("number of seconds", 0, uint.MaxValue, out number)
                    && Set(_route with { Expires = number });
            case "pref":
                return TryReadPreference();
            case "ttl-propagate":
                if (!cursor.ReadValue())
                    return false;
                return cursor.Word is "enabled" or "disabled" ? Set(_route with { TtlPropagate = cursor.Word == "enabled" })
                    : cursor.Fail($"'{cursor.Word}' is neither enabled nor disabled");
            default:
                isSelector = false;
                return true;
        }
    }

    /// <summary>ICMPV6_ROUTER_PREF_* of linux/icmpv6.h.</summary>
    private bool TryReadPreference()
    {
        if (!TrySetFamily(AddressFamily.InterNetworkV6) || !cursor.ReadValue())
            return false;
        byte? preference = cursor.Word switch
        {
            "low" => 3,
            "medium" => 0,
            "high" => 1,
            _ => Integers.TryParseAnyBase(cursor.Word, out var number) && number is >= 0 and <= byte.MaxValue ? (byte)number : null,
        };
        return preference is not null ? Set(_route with { Preference = preference })
            : cursor.Fail($"'{cursor.Word}' is no preference", "low, medium, high or a number up to 255");
    }

    private bool TryReadSource()
    {
        if (!TrySetFamily(AddressFamily.InterNetworkV6) || !cursor.ReadValue())
            return false;
        if (!cursor.TryGetPrefix(out var prefix))
            return cursor.Fail($"'{cursor.Word}' is no prefix", "IP/LENGTH");
        return TrySetFamily(prefix.Address.Family) && Set(_route with { Source = prefix });
    }

    /// <summary>A gateway. A family before it counts for the route only if nothing else says one.</summary>
    private bool TryReadGateway(out InetAddress gateway)
    {
        var family = AddressFamily.Unspecified;
        if (cursor.IsNext("inet") || cursor.IsNext("inet6"))
        {
            cursor.Read();
            family = cursor.Word == "inet" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        }

        return cursor.ReadAddress(family, out gateway);
    }

    private bool TryReadDestination(string word)
    {
        if (TryReadType(word) is { } type)
        {
            _route = _route with { Type = type };
            if (!cursor.ReadValue())
                return false;
            word = cursor.Word;
        }

        var isSecond = _hasDestination;
        if (word is "default" or "any" or "all")
            return _hasDestination = true;
        if (word is "default6")
        {
            Deprecated("default6", "inet6 default", isFault: false);
            return TrySetFamily(AddressFamily.InterNetworkV6) && (_hasDestination = true);
        }

        if (!cursor.TryGetPrefix(out var prefix))
            return cursor.Fail($"'{word}' is neither an option nor a destination", "IP[/LENGTH] or default");
        if (isSecond)
            cursor.Entry.Remark(cursor.At, DiagnosticCodes.Duplicate, $"{prefix} replaces the destination before it");
        _destination = prefix;
        return TrySetFamily(prefix.Address.Family) && (_hasDestination = true);
    }

    private static RouteType? TryReadType(string word) => word switch
    {
        "unicast" => RouteType.Unicast,
        "local" => RouteType.Local,
        "broadcast" => RouteType.Broadcast,
        "anycast" => RouteType.Anycast,
        "multicast" => RouteType.Multicast,
        "blackhole" => RouteType.Blackhole,
        "unreachable" => RouteType.Unreachable,
        "prohibit" => RouteType.Prohibit,
        "throw" => RouteType.Throw,
        "nat" => RouteType.Nat,
        "xresolve" => RouteType.ExternalResolve,
        _ => null,
    };

    private bool TrySetFamily(AddressFamily family)
    {
        if (_family != AddressFamily.Unspecified && _family != family)
        {
            return cursor.Fail($"an {EntryCursor.FamilyName(_family)} route cannot have the {EntryCursor.FamilyName(family)} word '{cursor.Word}'");
        }

        _family = family;
        return true;
    }

    private bool TryComplete([NotNullWhen(true)] out VirtualRoute? route)
    {
        route = null;
        if (!_hasDestination)
            return cursor.Fail("a route needs a destination", "IP[/LENGTH] or default");
        if (_family == AddressFamily.Unspecified && !_route.Gateway.IsNone)
            _family = _route.Gateway.Family;
        if (_family == AddressFamily.Unspecified && _nexthops.Count > 0 && !_nexthops[0].Nexthop.Gateway.IsNone)
            _family = _nexthops[0].Nexthop.Gateway.Family;
        var isIPv6 = _family == AddressFamily.InterNetworkV6;
        if (isIPv6 && (_route.Gateway.IsIPv4 || _nexthops.Exists(static way => way.Nexthop.Gateway.IsIPv4)))
            return cursor.Fail("an IPv6 route cannot have an IPv4 gateway");
        if (_hasProtocol && !_noTrack && _route.Protocol != RouteProtocol.Keepalived)
        {
            cursor.Complain("a tracked route has the protocol keepalived (18), which is used", "no_track, to set another protocol");
            _route = _route with { Protocol = RouteProtocol.Keepalived };
        }

        if (_trackGroup is not null && _device is null)
        {
            cursor.Complain("track_group needs dev; it is ignored");
            _trackGroup = null;
        }

        var destination = _destination ?? (isIPv6 ? AnyIPv6 : AnyIPv4);
        // Several ways have the gateways and interfaces to themselves.
        var complete = _route with { Destination = destination, Gateway = _nexthops.Count > 0 ? InetAddress.None : _route.Gateway };
        route = new VirtualRoute(complete)
        {
            Route = complete with { Metrics = Metrics() },
            Device = _nexthops.Count > 0 ? null : _device,
            Nexthops = [.. _nexthops],
            Vrf = _vrf,
            Insertion = _insertion,
            Track = !_noTrack,
        };
        return true;
    }

    private bool Set(Route route)
    {
        _route = route;
        return true;
    }

    private void Deprecated(string word, string successor, bool isFault)
    {
        var message = $"'{word}' is deprecated; write '{successor}'";
        if (isFault)
            cursor.Entry.Context.Error(cursor.Entry.Statement, cursor.At, DiagnosticCodes.Deprecated, $"{cursor.Entry.Keyword.Name}: {message}");
        else
            cursor.Entry.Remark(cursor.At, DiagnosticCodes.Deprecated, message);
    }
}
