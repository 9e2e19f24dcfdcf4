using System.Diagnostics.CodeAnalysis;

namespace Keepalived.Ipvs;

/// <summary>The services and destinations that should be in the kernel. Checked when it is made, and immutable.</summary>
public sealed class IpvsTable
{
    private readonly Dictionary<IpvsServiceKey, IpvsTableEntry> _byKey;

    /// <summary>A table.</summary>
    /// <exception cref="ArgumentException">
    /// A service or destination is not valid (<see cref="IpvsService.Validate"/>, <see cref="IpvsDestination.Validate"/>), or there are two
    /// of the same key.
    /// </exception>
    public IpvsTable(IEnumerable<IpvsTableEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        IpvsTableEntry[] list = [.. entries];
        _byKey = new Dictionary<IpvsServiceKey, IpvsTableEntry>(list.Length);
        var destinations = new HashSet<IpvsDestinationKey>();
        foreach (var entry in list)
        {
            entry.Service.Validate();
            if (!_byKey.TryAdd(entry.Service.Key, entry))
                throw new ArgumentException($"IPVS service {entry.Service.Key} is there twice.", nameof(entries));
            destinations.Clear();
            foreach (var destination in entry.Destinations)
            {
                destination.Validate(entry.Service.Key);
                if (!destinations.Add(destination.Key))
                    throw new ArgumentException($"IPVS service {entry.Service.Key} has {destination.Key} twice.", nameof(entries));
            }
        }

        Entries = list;
    }

    /// <summary>The table without a service.</summary>
    public static IpvsTable Empty { get; } = new([]);

    /// <summary>The services, in the order in which they are to be added.</summary>
    public IReadOnlyList<IpvsTableEntry> Entries { get; }

    /// <summary>What the kernel has when it has this table.</summary>
    internal IpvsServiceEntry[] ToEntries() =>
    [
        .. Entries.Select(static entry => new IpvsServiceEntry
        {
            Service = entry.Service,
            Destinations = [.. entry.Destinations.Select(static destination => new IpvsDestinationEntry { Destination = destination })],
        }),
    ];

    /// <summary>Finds a service.</summary>
    public bool TryFind(IpvsServiceKey key, [NotNullWhen(true)] out IpvsTableEntry? entry) => _byKey.TryGetValue(key, out entry);
}
