namespace Keepalived.Daemon.Configuration.Values;

/// <summary>
/// A list whose entries have keys that are to be there once. Long ones look their keys up: a generator makes lists of any length.
/// </summary>
internal sealed class DistinctList<T, TKey>(Func<T, TKey> keyOf) : List<T>
{
    private const int Long = 16;

    private HashSet<TKey>? _keys;

    /// <summary>Adds an entry; false if one with its key is there.</summary>
    public bool TryAdd(T entry)
    {
        var key = keyOf(entry);
        if (HasKey(key))
            return false;
        Add(entry);
        _keys?.Add(key);
        return true;
    }

    /// <summary>Whether an entry with this key is there.</summary>
    public bool HasKey(TKey key)
    {
        if (Count > Long)
            return (_keys ??= [.. this.Select(keyOf)]).Contains(key);
        foreach (var entry in this)
        {
            if (EqualityComparer<TKey>.Default.Equals(keyOf(entry), key))
                return true;
        }

        return false;
    }
}
