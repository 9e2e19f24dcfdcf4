using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the records of static addresses, routes and rules, and of the groups of instances that track their interfaces.</summary>
/// <param name="context">Where to complain.</param>
/// <param name="root">The values of the root level.</param>
/// <param name="groups">The <c>track_group</c> blocks.</param>
internal sealed class StaticCompletion(BindContext context, BlockValues root, IReadOnlyList<BlockValues> groups)
{
    public KeepalivedConfiguration Complete(KeepalivedConfiguration configuration)
    {
        var instances = configuration.VrrpInstances.Select(static instance => instance.Name).ToHashSet();
        var known = groups.Select(group => Complete(group, instances)).OfType<TrackGroupConfiguration>().ToList();
        var names = known.Select(static group => group.Name).ToHashSet();
        return configuration with
        {
            TrackGroups = EquatableArray.From(known),
            StaticAddresses = EquatableArray.From(Get(RootKeywords.StaticIpAddress).Select(address => Complete(address, names))),
            StaticRoutes = EquatableArray.From(Get(RootKeywords.StaticRoutes)
                .Select(route => route with { TrackGroup = Find(route.TrackGroup, names, RootKeywords.StaticRoutes) })),
            StaticRules = EquatableArray.From(Get(RootKeywords.StaticRules)
                .Select(rule => rule with { TrackGroup = Find(rule.TrackGroup, names, RootKeywords.StaticRules) })),
        };
    }

    private List<T> Get<T>(Keyword<List<T>> keyword) => root.Get(keyword) ?? [];

    private TrackGroupConfiguration? Complete(BlockValues group, HashSet<string> instances)
    {
        List<string> members = [];
        if (group.Get(StaticKeywords.Members) is { Count: 0 })
        {
            context.Error(group.Location, DiagnosticCodes.EmptyBlock, $"track_group {group.Name} has no members; it is left out");
            return null;
        }

        foreach (var name in group.Get(StaticKeywords.Members) ?? [])
        {
            if (instances.Contains(name))
                members.Add(name);
            else
                context.Remark(group.Location, DiagnosticCodes.UnknownName, $"track_group {group.Name}: there is no vrrp_instance {name}");
        }

        if (members.Count > 0)
            return new TrackGroupConfiguration(group.Name, members.Freeze()) { Position = group.Location };
        // The original keeps quiet about it.
        context.Remark(group.Location, DiagnosticCodes.EmptyBlock, $"track_group {group.Name} has no instance; it is left out");
        return null;
    }

    private VirtualAddressConfiguration Complete(VirtualAddressConfiguration address, HashSet<string> known)
    {
        var group = Find(address.TrackGroup, known, RootKeywords.StaticIpAddress);
        if (group is not null && address.Interface is null)
        {
            Complain(RootKeywords.StaticIpAddress, $"{address.Address}: track_group needs dev; it is ignored");
            group = null;
        }

        var device = address.Interface ?? context.Global.Get(GlobalKeywords.DefaultInterface)!;
        if (address.Interface is null)
            context.RequireInterface(root.LocationOf(RootKeywords.StaticIpAddress), device, $"static_ipaddress: {address.Address} names no interface");
        return address with { Interface = device, TrackGroup = group };
    }

    private string? Find(string? name, HashSet<string> known, Keyword keyword)
    {
        if (name is null || known.Contains(name))
            return name;
        Complain(keyword, $"there is no track_group {name}; it is ignored");
        return null;
    }

    private void Complain(Keyword keyword, string message) =>
        context.Error(root.LocationOf(keyword), DiagnosticCodes.UnknownName, $"{keyword.Name}: {message}");
}
