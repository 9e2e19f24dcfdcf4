using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// What has to happen to get from the options that run to those that are wanted. A router stays itself if VRID, family, interface and
/// kind (unicast with its source, multicast with its group) stay; name and all else may change.
/// </summary>
/// <param name="Removed">Indexes, in the current list, of routers that end.</param>
/// <param name="Matches">For each wanted router, the index of the current one that becomes it, or -1 for a new one.</param>
/// <param name="Changed">Indexes, in the wanted list, of matches with other options: nothing at all happens to the other matches.</param>
internal sealed record ReloadPlan(ImmutableArray<int> Removed, ImmutableArray<int> Matches, ImmutableArray<int> Changed)
{
    /// <summary>
    /// Several unicast routers may have all of the key in common: first those are paired that are equal, then those of the same name.
    /// </summary>
    private static readonly Func<VirtualRouterOptions, VirtualRouterOptions, bool>[] Preferences =
        [static (a, b) => a.Equals(b), static (a, b) => a.Name == b.Name, static (_, _) => true];

    /// <summary>How many matches have equal options.</summary>
    public int Untouched => Matches.Count(static match => match >= 0) - Changed.Length;

    /// <summary>Compares two valid lists.</summary>
    public static ReloadPlan Create(IReadOnlyList<VirtualRouterOptions> current, IReadOnlyList<VirtualRouterOptions> wanted)
    {
        var matches = new int[wanted.Count];
        Array.Fill(matches, -1);
        var left = new Dictionary<(Place, bool, bool, bool), List<int>>();
        for (var i = 0; i < current.Count; i++)
        {
            // Mostly hardly anything changes, and nothing its place in the list.
            if (i < wanted.Count && current[i].Equals(wanted[i]))
            {
                matches[i] = i;
                continue;
            }

            var key = IdentityOf(current[i]);
            if (!left.TryGetValue(key, out var same))
                left.Add(key, same = []);
            same.Add(i);
        }

        var changed = ImmutableArray.CreateBuilder<int>();
        foreach (var fits in Preferences)
        {
            for (var i = 0; i < wanted.Count; i++)
            {
                if (matches[i] >= 0 || !left.TryGetValue(IdentityOf(wanted[i]), out var candidates))
                    continue;
                var at = candidates.FindIndex(candidate => fits(current[candidate], wanted[i]));
                if (at < 0)
                    continue;
                matches[i] = candidates[at];
                candidates.RemoveAt(at);
                if (!current[matches[i]].Equals(wanted[i]))
                    changed.Add(i);
            }
        }

        return new ReloadPlan([.. left.Values.SelectMany(static same => same).Order()], [.. matches], changed.DrainToImmutable());
    }

    /// <summary>Checks each of the options, and all together.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says what.</exception>
    public static void Validate(IReadOnlyList<VirtualRouterOptions> routers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var places = new Dictionary<Place, List<VirtualRouterOptions>>();
        foreach (var router in routers)
        {
            router.Validate();
            if (!names.Add(router.Name))
                throw new ArgumentException($"There are two virtual routers named '{router.Name}'.");
            var place = PlaceOf(router);
            if (!places.TryGetValue(place, out var others))
                places.Add(place, others = []);
            if (others.Find(other => Conflict(other, router)) is { } first)
            {
                throw new ArgumentException(
                    $"The virtual routers '{first.Name}' and '{router.Name}' have the same virtual router id "
                    + $"{router.VirtualRouterId} in the same place.");
            }

            others.Add(router);
        }
    }

    /// <summary>What stays with a router that stays itself.</summary>
    private static (Place Place, bool HasVirtualMac, bool HasIpvlan, bool HasVirtualMacForAddresses) IdentityOf(VirtualRouterOptions options) =>
        (PlaceOf(options), options.VirtualMac is not null, options.Ipvlan is not null, options.VirtualMacForAddresses);

    private static Place PlaceOf(VirtualRouterOptions options) => new(
        options.EffectiveFamily, options.VirtualRouterId, options.Interface, options.BindDevice, options.IsUnicast,
        options.IsUnicast ? options.SourceAddress : options.EffectiveGroup);

    /// <summary>Unicast routers may share everything but their peers: the sender tells which one is meant.</summary>
    private static bool Conflict(VirtualRouterOptions a, VirtualRouterOptions b) =>
        !a.IsUnicast || a.Peers.Any(peer => b.Peers.Any(other => other.Address == peer.Address));

    /// <summary>Where a router is: two in one place are hard to tell apart.</summary>
    private readonly record struct Place(
        AddressFamily Family, byte VirtualRouterId, string? Interface, string? BindDevice, bool IsUnicast, InetAddress Local);
}
