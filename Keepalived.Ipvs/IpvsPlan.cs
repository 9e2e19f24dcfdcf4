namespace Keepalived.Ipvs;

/// <summary>
/// The least set of operations from the table that is in the kernel to the one that should be. A pure function: what is there and right
/// is adopted and not touched. At no time has a service less capacity than it must: additions and raised weights come first, then the other
/// changes, then deletions.
/// </summary>
public sealed class IpvsPlan
{
    private readonly IpvsPlanOptions _options;
    private readonly List<IpvsOperation> _additions = [];
    private readonly List<IpvsOperation> _changes = [];
    private readonly List<IpvsOperation> _deletions = [];

    private IpvsPlan(IpvsTable desired, IReadOnlyList<IpvsServiceEntry> actual, IpvsPlanOptions options)
    {
        _options = options;
        var known = new Dictionary<IpvsServiceKey, IpvsServiceEntry>(actual.Count);
        foreach (var entry in actual)
            known[entry.Service.Key] = entry;
        foreach (var entry in desired.Entries)
        {
            if (known.TryGetValue(entry.Service.Key, out var present))
                Change(entry, present);
            else
                Add(entry);
        }

        foreach (var entry in known.Values)
        {
            if (!desired.TryFind(entry.Service.Key, out _) && (options.Owns is null || options.Owns(entry.Service.Key)))
                Remove(entry);
        }

        Operations = [.. _additions, .. _changes, .. _deletions];
    }

    /// <summary>The operations, in the order in which to carry them out.</summary>
    public IReadOnlyList<IpvsOperation> Operations { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Operations.Count == 0;

    /// <summary>
    /// How many destinations should not be there, and stay until their connections have ended (<see cref="IpvsRemoval.Drain"/>). If not 0,
    /// another plan is to be made later.
    /// </summary>
    public int DrainingCount { get; private set; }

    /// <summary>Makes a plan.</summary>
    /// <param name="desired">What should be.</param>
    /// <param name="actual">What is, with destinations: see <see cref="IpvsClient.GetTableAsync"/>.</param>
    /// <param name="options">How to go about it.</param>
    public static IpvsPlan Create(IpvsTable desired, IReadOnlyList<IpvsServiceEntry> actual, IpvsPlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(actual);
        return new IpvsPlan(desired, actual, options ?? new IpvsPlanOptions());
    }

    private void Add(IpvsTableEntry entry)
    {
        _additions.Add(IpvsOperation.AddService(entry.Service));
        foreach (var destination in entry.Destinations)
            _additions.Add(IpvsOperation.AddDestination(entry.Service.Key, destination));
    }

    private void Change(IpvsTableEntry entry, IpvsServiceEntry present)
    {
        var key = entry.Service.Key;
        if (!entry.Service.HasSettingsOf(present.Service))
            _changes.Add(IpvsOperation.SetService(entry.Service));
        var left = new Dictionary<IpvsDestinationKey, IpvsDestinationEntry>(present.Destinations.Count);
        foreach (var destination in present.Destinations)
            left[destination.Destination.Key] = destination;
        foreach (var destination in entry.Destinations)
        {
            if (!left.Remove(destination.Key, out var there))
                _additions.Add(IpvsOperation.AddDestination(key, destination));
            else if (there.Destination.Weight < destination.Weight)
                _additions.Add(IpvsOperation.SetDestination(key, destination));
            else if (there.Destination != destination)
                _changes.Add(IpvsOperation.SetDestination(key, destination));
        }

        foreach (var destination in left.Values)
        {
            if (!TryDrain(key, destination))
                _deletions.Add(IpvsOperation.DeleteDestination(key, destination.Destination.Key));
        }
    }

    /// <summary>The kernel deletes the destinations with the service; while one drains, all stay.</summary>
    private void Remove(IpvsServiceEntry entry)
    {
        var draining = DrainingCount;
        foreach (var destination in entry.Destinations)
            TryDrain(entry.Service.Key, destination);
        if (draining == DrainingCount)
            _deletions.Add(IpvsOperation.DeleteService(entry.Service.Key));
    }

    private bool TryDrain(IpvsServiceKey service, IpvsDestinationEntry entry)
    {
        if (_options.Removal != IpvsRemoval.Drain || (entry.Destination.Weight == 0 && entry.IsIdle))
            return false;
        DrainingCount++;
        if (entry.Destination.Weight != 0)
            _changes.Add(IpvsOperation.Quiesce(service, entry.Destination));
        return true;
    }

    /// <summary>The operations, one a line.</summary>
    public override string ToString() => IsEmpty ? "nothing to do" : string.Join('\n', Operations);
}
