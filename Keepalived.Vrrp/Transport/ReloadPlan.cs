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
/// <param name="Untouched">How many matches have equal options: nothing at all happens to these.</param>
internal sealed record ReloadPlan(ImmutableArray<int> Removed, ImmutableArray<int> Matches, int Untouched)
{
    /// <summary>
    /// Several unicast routers may have all of the key in common: first those are paired that are equal, then those of the same name.
    /// </summary>
    private static readonly Func<VirtualRouterOptions, VirtualRouterOptions, bool>[] Preferences =
        [static (a, b) => a.Equals(b), static (a, b) => a.Name == b.Name, static (_, _) => true];

    /// <summary>Compares two valid lists.</summary>
    public static ReloadPlan Create(IReadOnlyList<VirtualRouterOptions> current, IReadOnlyList<VirtualRouterOptions> wanted)
    {
        var matches = new int[wanted.Count];
        Array.Fill(matches, -1);
        var left = Enumerable.Range(0, current.Count).ToHashSet();
        var untouched = 0;

        foreach (var fits in Preferences)
        {
            for (var i = 0; i < wanted.Count; i++)
            {
                if (matches[i] >= 0)
                    continue;
                var match = left.Where(candidate => IsSameRouter(current[candidate], wanted[i]) && fits(current[candidate], wanted[i]))
                    .Order().FirstOrDefault(-1);
                if (match < 0)
                    continue;
                matches[i] = match;
                left.Remove(match);
                untouched += current[match].Equals(wanted[i]) ? 1 : 0;
            }
        }

        return new ReloadPlan([.. left.Order()], [.. matches], untouched);
    }

    /// <summary>Checks each of the options, and all together.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says what.</exception>
    public static void Validate(IReadOnlyList<VirtualRouterOptions> routers)
    {
        for (var i = 0; i < routers.Count; i++)
        {
            routers[i].Validate();
            for (var j = 0; j < i; j++)
            {
                if (routers[i].Name == routers[j].Name)
                    throw new ArgumentException($"There are two virtual routers named '{routers[i].Name}'.");
                if (Conflict(routers[i], routers[j]))
                {
                    throw new ArgumentException(
                        $"The virtual routers '{routers[j].Name}' and '{routers[i].Name}' have the same virtual router id "
                        + $"{routers[i].VirtualRouterId} in the same place.");
                }
            }
        }
    }

    private static bool IsSameRouter(VirtualRouterOptions a, VirtualRouterOptions b) =>
        IsSamePlace(a, b) && a.VirtualRouterId == b.VirtualRouterId;

    private static bool IsSamePlace(VirtualRouterOptions a, VirtualRouterOptions b) =>
        a.EffectiveFamily == b.EffectiveFamily && a.Interface == b.Interface && a.BindDevice == b.BindDevice && a.IsUnicast == b.IsUnicast
        && (a.IsUnicast ? a.SourceAddress == b.SourceAddress : GroupOf(a) == GroupOf(b));

    private static InetAddress GroupOf(VirtualRouterOptions options) =>
        !options.Group.IsNone ? options.Group
        : options.EffectiveFamily == AddressFamily.InterNetworkV6 ? VrrpRouterOptions.DefaultGroupIPv6
        : VrrpRouterOptions.DefaultGroupIPv4;

    /// <summary>Unicast routers may share everything but their peers: the sender tells which one is meant.</summary>
    private static bool Conflict(VirtualRouterOptions a, VirtualRouterOptions b) =>
        IsSameRouter(a, b) && (!a.IsUnicast || a.Peers.Any(peer => b.Peers.Any(other => other.Address == peer.Address)));
}
