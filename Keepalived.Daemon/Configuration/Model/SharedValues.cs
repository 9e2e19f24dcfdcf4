using System.Diagnostics.CodeAnalysis;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>Makes one object of equal immutable ones: thousands of instances say the same about most things.</summary>
internal sealed class SharedValues
{
    private readonly HashSet<object> _values = [];

    /// <summary>The first one that was equal to <paramref name="value"/>; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public T? Share<T>(T? value)
        where T : class
    {
        if (value is null)
            return null;
        if (_values.TryGetValue(value, out var known) && known is T same)
            return same;
        _values.Add(value);
        return value;
    }
}
