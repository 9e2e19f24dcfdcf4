using Keepalived.Netlink;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Removals of addresses that some router of ours asked for and whose notification is still to come: they are not somebody else's, whichever
/// router has the address by then. Lives on the loop.
/// </summary>
internal sealed class ExpectedRemovals
{
    private readonly Dictionary<(int Interface, InetPrefix Prefix), int> _counts = [];

    /// <summary>A removal was asked for.</summary>
    public void Add(int interfaceIndex, InetPrefix prefix) =>
        _counts[(interfaceIndex, prefix)] = _counts.GetValueOrDefault((interfaceIndex, prefix)) + 1;

    /// <summary>A removal was notified, or refused so that it never will be.</summary>
    /// <returns>Whether one was expected.</returns>
    public bool Remove(int interfaceIndex, InetPrefix prefix)
    {
        var key = (interfaceIndex, prefix);
        var count = _counts.GetValueOrDefault(key);
        if (count <= 1)
            _counts.Remove(key);
        else
            _counts[key] = count - 1;
        return count > 0;
    }

    /// <summary>Notifications were lost, perhaps these: whatever goes from now on was removed by somebody else.</summary>
    public void Clear() => _counts.Clear();
}
