namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The sockets of an engine: one for each <see cref="SocketKey"/>, shared by the routers that have it in common. Lives on the loop.
/// </summary>
internal sealed class SocketTable(TransportContext context) : IDisposable
{
    private readonly Dictionary<SocketKey, VrrpSocket> _sockets = [];

    /// <summary>Where a datagram is put together that came in two pieces; one socket is read at a time.</summary>
    public byte[] Scratch { get; } = new byte[VrrpSocket.MaxDatagramIPv6];

    /// <summary>Adverts received for virtual routers that are not ours.</summary>
    public long UnknownVirtualRouterIds { get; private set; }

    /// <summary>Datagrams too short to say which virtual router they are for.</summary>
    public long Malformed { get; private set; }

    /// <summary>How often the kernel refused to send.</summary>
    public long SendErrors { get; private set; }

    /// <summary>The socket for this key, opened if no other router has it yet.</summary>
    /// <exception cref="Netlink.SystemCallException">It cannot be opened or bound.</exception>
    public VrrpSocket Acquire(SocketKey key, RouterDriver driver)
    {
        if (!_sockets.TryGetValue(key, out var socket))
            _sockets.Add(key, socket = new VrrpSocket(context, key));
        socket.Add(driver);
        return socket;
    }

    /// <summary>Gives it back; the last one closes it.</summary>
    public void Release(VrrpSocket socket, RouterDriver driver)
    {
        socket.Remove(driver);
        if (!socket.IsUnused)
            return;
        _sockets.Remove(socket.Key);
        socket.Dispose();
    }

    /// <summary>Whether adverts of foreign routers are looked at has changed.</summary>
    public void RenewFilters()
    {
        foreach (var socket in _sockets.Values)
            socket.RenewFilter();
    }

    public void CountUnknownVirtualRouterId() => UnknownVirtualRouterIds++;

    public void CountMalformed() => Malformed++;

    public void CountSendError() => SendErrors++;

    public void Dispose()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        _sockets.Clear();
    }
}
