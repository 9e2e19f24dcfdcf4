using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Transport;

/// <summary>A virtual route in the kernel.</summary>
internal sealed class KeptRoute(VirtualRoute route) : KeptObject
{
    private Route _placed = route.Route;

    public override KeptKind Kind => KeptKind.Route;

    /// <summary>A route that expires goes by itself.</summary>
    public override bool IsTracked => Wish.Track && Wish.Route.Expires is null;

    public VirtualRoute Wish { get; } = route;

    public override bool IsSameWish(KeptObject other) => other is KeptRoute route && route.Wish == Wish;

    public override bool IsSameInKernel(KeptObject other) => other is KeptRoute route && IsThis(route._placed);

    /// <summary>Whether a route of the kernel is this one.</summary>
    public bool IsThis(Route known) =>
        RouteKey.Of(known) == RouteKey.Of(_placed) && known.Protocol == _placed.Protocol && known.Type == _placed.Type
        && (!_placed.Nexthops.IsEmpty
            || ((_placed.Gateway.IsNone || known.Gateway == _placed.Gateway)
                && (_placed.OutputInterface == 0 || known.OutputInterface == _placed.OutputInterface)));

    public static string ToJournalKey(Route route) => $"route {RouteKey.Of(route)}";

    public override string ToJournalKey(InterfaceTable interfaces)
    {
        // The table may be that of a VRF.
        _ = Place(interfaces);
        return ToJournalKey(_placed);
    }

    public override string? Place(InterfaceTable interfaces)
    {
        foreach (var device in Wish.Vrf is null ? Wish.Devices : Wish.Devices.Append(Wish.Vrf))
        {
            if (interfaces.Find(device) is null)
                return device;
        }

        _placed = Wish.Route with
        {
            OutputInterface = IndexOf(interfaces, Wish.Device),
            Nexthops =
            [
                .. Wish.Nexthops.Select(way => way.Nexthop with { OutputInterface = IndexOf(interfaces, way.Device) }),
            ],
        };
        if (Wish.Vrf is null)
            return null;
        if (interfaces.Find(Wish.Vrf)!.VrfTable is not { } table)
            return Wish.Vrf;
        _placed = _placed with { Table = table };
        return null;
    }

    /// <summary>A changed route takes the place of what it was: there is no moment without one, nor one with both.</summary>
    public override bool YieldTo(KeptObject wanted, InterfaceTable interfaces)
    {
        if (wanted is KeptRoute { Replaced: null } route && route.Place(interfaces) is null
            && RouteKey.Of(route._placed) == RouteKey.Of(_placed))
        {
            route.Replaced = this;
            IsSet = false;
        }

        return false;
    }

    public override void Add(RouteBatch batch)
    {
        if (Replaced is not null)
            batch.ReplaceRoute(_placed);
        else if (Wish.Insertion == RouteInsertion.Exclusive)
            batch.AddRoute(_placed);
        else if (Wish.Insertion == RouteInsertion.Append)
            batch.AppendRoute(_placed);
        else
            batch.PrependRoute(_placed);
    }

    // Without a metric the kernel would take the first route there, of whatever metric.
    public override void Delete(RouteBatch batch) => batch.DeleteRoute(_placed with { Metric = RouteKey.Of(_placed).Metric });

    public override void ExpectRemoval(TransportContext context) =>
        context.ExpectedRouteRemovals.Add(RouteKey.Of(_placed), context.Loop.Now);

    public override void ForgetRemoval(TransportContext context) =>
        context.ExpectedRouteRemovals.Remove(RouteKey.Of(_placed), context.Loop.Now);

    /// <summary>A route that has to be the only one is not there because there is another.</summary>
    public override bool IsThere(Exception error) => Wish.Insertion != RouteInsertion.Exclusive && base.IsThere(error);

    public override string ToString() => $"route {Wish}";

    private static int IndexOf(InterfaceTable interfaces, string? name) => name is null ? 0 : interfaces.Find(name)!.Index;
}
