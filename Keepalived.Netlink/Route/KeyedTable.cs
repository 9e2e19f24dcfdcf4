namespace Keepalived.Netlink.Route;

/// <summary>Objects that have a key of their own.</summary>
/// <param name="key">What makes two notifications be about the same object.</param>
/// <param name="isSame">Whether two states of an object, read at different times, are no change.</param>
/// <param name="makeEvent">Makes an event.</param>
internal sealed class KeyedTable<TKey, T>(Func<T, TKey> key, Func<T, T, bool> isSame, Func<NetworkChange, T, T?, NetworkEvent> makeEvent)
    : MonitoredTable<T>(makeEvent)
    where TKey : notnull
    where T : class
{
    // By the key within the object: beside thousands of addresses the keys would be as large.
    private HashSet<T> _items = new(EqualityComparer<T>.Create((left, right) => key(left!).Equals(key(right!)), item => key(item).GetHashCode()));

    public override IEnumerable<T> Items => _items;

    public override void Apply(T value, bool isRemoval, bool isReplacement, List<NetworkEvent> events)
    {
        if (isRemoval)
        {
            if (!_items.TryGetValue(value, out var removed))
                return;
            _items.Remove(removed);
            Report(events, NetworkChange.Removed, removed);
            return;
        }

        if (_items.TryGetValue(value, out var previous))
            _items.Remove(previous);
        _items.Add(value);
        if (previous is null)
            Report(events, NetworkChange.Added, value);
        else if (!previous.Equals(value))
            Report(events, NetworkChange.Changed, value, previous);
    }

    public override void Adopt(MonitoredTable<T> fresh, List<NetworkEvent> events)
    {
        var items = ((KeyedTable<TKey, T>)fresh)._items;
        foreach (var value in _items)
        {
            if (!items.Contains(value))
                Report(events, NetworkChange.Removed, value);
        }

        foreach (var value in items)
        {
            if (!_items.TryGetValue(value, out var previous))
                Report(events, NetworkChange.Added, value);
            else if (!isSame(previous, value))
                Report(events, NetworkChange.Changed, value, previous);
        }

        _items = items;
    }
}
