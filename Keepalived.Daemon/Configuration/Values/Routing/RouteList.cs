using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>Routes with options, in the words of <c>ip route</c>.</summary>
internal sealed class RouteList(string name, bool isStatic = false) : ListSyntax<RouteConfiguration>(name)
{
    public override string Description => "{ [inet|inet6] [TYPE] DESTINATION|default [via [inet|inet6] IP] [dev INTERFACE] [src IP] [from PREFIX] "
        + "[table TABLE] [metric N] ... [nexthop via IP dev INTERFACE weight N ...] [no_track]" + (isStatic ? " [track_group NAME]" : string.Empty) + " ... }";

    protected override void ReadEntry(ValueReader entry, List<RouteConfiguration> list)
    {
        if (new RouteParser(new EntryCursor(entry, "route", entry.Context.Names), isStatic).TryParse(out var route))
            list.Add(route with { Position = entry.Statement.Location });
    }
}
