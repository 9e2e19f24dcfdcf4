using System.Collections.Immutable;

namespace Keepalived.Vrrp;

/// <summary>Virtual routers that are master together or not at all (vrrp_sync_group). <see cref="VrrpSyncGroup"/> has the rules.</summary>
public sealed record VrrpSyncGroupOptions
{
    /// <summary>The name under which it is logged and found; unique in an engine.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the virtual routers in it, at least one. A router is in one group at most.</summary>
    public required ImmutableArray<string> Members { get; init; }

    /// <summary>Compares names and members.</summary>
    public bool Equals(VrrpSyncGroupOptions? other) =>
        other is not null && Name == other.Name && Members.AsSpan().SequenceEqual(other.Members.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Members.Length);

    /// <summary>A short text.</summary>
    public override string ToString() => $"{Name}: [{string.Join(", ", Members.IsDefault ? [] : Members)}]";

    /// <summary>Checks groups against each other and against the routers that there will be.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message says what.</exception>
    internal static void Validate(IReadOnlyList<VrrpSyncGroupOptions> groups, IEnumerable<VirtualRouterOptions> routers)
    {
        var known = routers.Select(static router => router.Name).ToHashSet(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            if (string.IsNullOrEmpty(group.Name))
                throw new ArgumentException("A sync group needs a name.");
            if (!names.Add(group.Name))
                throw new ArgumentException($"There are two sync groups named '{group.Name}'.");
            if (group.Members.IsDefaultOrEmpty)
                throw new ArgumentException($"The sync group '{group.Name}' has no members.");
            foreach (var member in group.Members)
            {
                if (!known.Contains(member))
                    throw new ArgumentException($"The sync group '{group.Name}' names a virtual router '{member}' that does not exist.");
                if (!owners.TryAdd(member, group.Name))
                    throw new ArgumentException($"The virtual router '{member}' is in the sync groups '{owners[member]}' and '{group.Name}'.");
            }
        }
    }
}
