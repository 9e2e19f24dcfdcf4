using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Whether interfaces forward IPv6, as the router flag of neighbour advertisements says (RFC 4861 section 4.4). Read again after 5 s.
/// </summary>
internal sealed class ForwardingFlags
{
    private const long Lifetime = 5 * MonotonicClock.Second;
    private readonly Dictionary<int, (bool IsRouter, long ReadAt)> _known = [];

    public bool IsRouter(NetworkInterface link, long now)
    {
        if (_known.TryGetValue(link.Index, out var known) && now - known.ReadAt < Lifetime)
            return known.IsRouter;
        var isRouter = Read(link.Name);
        _known[link.Index] = (isRouter, now);
        return isRouter;
    }

    // The file follows the network namespace of the reading thread: the loop's.
    private static bool Read(string name)
    {
        try
        {
            return File.ReadAllText($"/proc/sys/net/ipv6/conf/{name}/forwarding").AsSpan().Trim() is not "0";
        }
        catch (IOException)
        {
            // The interface is gone, or has no IPv6: it forwards nothing.
            return false;
        }
    }
}
