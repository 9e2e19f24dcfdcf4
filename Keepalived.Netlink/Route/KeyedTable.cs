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
    private Dictionary<TKey, T> _items = [];

    public override IEnumerable<T> Items => _items.Values;

    public override void Apply(T value, bool isRemoval, bool isReplacement, List<NetworkEvent> events)
    {
        if (isRemoval)
        {
            if (_items.Remove(key(value), out var removed))
                Report(events, NetworkChange.Removed, removed);
            return;
        }

        _items.TryGetValue(key(value), out var previous);
        _items[key(value)] = value;
        if (previous is null)
            Report(events, NetworkChange.Added, value);
        else if (!previous.Equals(value))
            Report(events, NetworkChange.Changed, value, previous);
    }

    public override void Adopt(MonitoredTable<T> fresh, List<NetworkEvent> events)
    {
        var items = ((KeyedTable<TKey, T>)fresh)._items;
        foreach (var (itemKey, value) in _items)
        {
            if (!items.ContainsKey(itemKey))
                Report(events, NetworkChange.Removed, value);
        }

        foreach (var (itemKey, value) in items)
        {
            if (!_items.TryGetValue(itemKey, out var previous))
                Report(events, NetworkChange.Added, value);
            else if (!isSame(previous, value))
                Report(events, NetworkChange.Changed, value, previous);
        }

        _items = items;
    }
}
