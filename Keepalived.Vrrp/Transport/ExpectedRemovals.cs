using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Removals that some router of ours asked for and whose notification is still to come: they are not somebody else's, whichever router
/// has the object by then. Lives on the loop.
/// </summary>
internal sealed class ExpectedRemovals<TKey>
    where TKey : notnull
{
    /// <summary>A notification that has not come by then was merged with what followed.</summary>
    private const long Patience = 5 * MonotonicClock.Second;

    private readonly Dictionary<TKey, (int Count, long Until)> _expected = [];

    /// <summary>A removal was asked for.</summary>
    public void Add(TKey key, long now) => _expected[key] = (CountOf(key, now) + 1, now + Patience);

    /// <summary>A removal was notified, or refused so that it never will be.</summary>
    /// <returns>Whether one was expected.</returns>
    public bool Remove(TKey key, long now)
    {
        var count = CountOf(key, now);
        if (count <= 1)
            _expected.Remove(key);
        else
            _expected[key] = (count - 1, now + Patience);
        return count > 0;
    }

    /// <summary>Notifications were lost, perhaps these: whatever goes from now on was removed by somebody else.</summary>
    public void Clear() => _expected.Clear();

    private int CountOf(TKey key, long now) => _expected.TryGetValue(key, out var known) && known.Until > now ? known.Count : 0;
}
