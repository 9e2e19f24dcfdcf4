namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A list in which no key is there twice.</summary>
internal abstract class DistinctListSyntax<T, TKey>(string name, Func<T, TKey> keyOf) : ListSyntax<T>(name)
{
    protected sealed override List<T> MakeList() => new DistinctList<T, TKey>(keyOf);

    protected sealed override void ReadEntry(ValueReader entry, List<T> list) => ReadEntry(entry, (DistinctList<T, TKey>)list);

    /// <summary>Reads the entries of one line into the list; what is wrong is reported and left out.</summary>
    protected abstract void ReadEntry(ValueReader entry, DistinctList<T, TKey> list);
}
