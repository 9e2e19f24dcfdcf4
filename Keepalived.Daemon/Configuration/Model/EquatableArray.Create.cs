namespace Keepalived.Daemon.Configuration.Model;

/// <summary>Makes <see cref="EquatableArray{T}"/> values; also behind collection expressions.</summary>
public static class EquatableArray
{
    /// <summary>A list of a copy of <paramref name="items"/>.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? default : new(items.ToArray());

    /// <summary>A list of the elements of <paramref name="items"/>.</summary>
    public static EquatableArray<T> From<T>(IEnumerable<T> items) => new([.. items]);
}
