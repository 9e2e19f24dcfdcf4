using System.Collections.Immutable;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// What has to happen to get from the options that run to those that are wanted. A session stays itself if its path and role stay; name
/// and all else may change.
/// </summary>
/// <param name="Removed">Indexes, in the current list, of sessions that end.</param>
/// <param name="Matches">For each wanted session, the index of the current one that becomes it, or -1 for a new one.</param>
/// <param name="Untouched">How many matches have equal options: nothing at all happens to these.</param>
internal sealed record ReloadPlan(ImmutableArray<int> Removed, ImmutableArray<int> Matches, int Untouched)
{
    /// <summary>Compares two valid lists: as no two sessions of a list overlap, at most one of the other matches.</summary>
    public static ReloadPlan Create(ImmutableArray<BfdNeighborOptions> current, ImmutableArray<BfdNeighborOptions> wanted)
    {
        var byAddress = Enumerable.Range(0, current.Length).ToLookup(index => current[index].Address);
        var left = Enumerable.Range(0, current.Length).ToHashSet();
        var matches = ImmutableArray.CreateBuilder<int>(wanted.Length);
        var untouched = 0;
        foreach (var options in wanted)
        {
            var match = byAddress[options.Address].Where(index => left.Contains(index) && current[index].IsSameSession(options))
                .FirstOrDefault(-1);
            matches.Add(match);
            if (match < 0)
                continue;
            left.Remove(match);
            untouched += current[match].Equals(options) ? 1 : 0;
        }

        return new ReloadPlan([.. left.Order()], matches.DrainToImmutable(), untouched);
    }

    /// <summary>Checks each of the options, and all together.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says what.</exception>
    public static void Validate(ImmutableArray<BfdNeighborOptions> neighbors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var options in neighbors)
        {
            options.Validate();
            if (!names.Add(options.Name))
                throw new ArgumentException($"There are two BFD sessions named '{options.Name}'.");
        }

        // Point-to-point sessions overlap by their interface alone, others only if they have the neighbour's address in common.
        foreach (var group in neighbors.Where(static options => options.IsPointToPoint).GroupBy(static options => (options.Interface, options.Vrf))
            .Select(static group => group.ToList())
            .Concat(neighbors.GroupBy(static options => options.Address).Select(static group => group.ToList())))
        {
            for (var i = 1; i < group.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (group[i].Overlaps(group[j]))
                    {
                        throw new ArgumentException(
                            $"The BFD sessions '{group[j].Name}' and '{group[i].Name}' are both with {group[i].Address} over the same path.");
                    }
                }
            }
        }
    }
}
