using System.Net.Sockets;
using System.Security.Cryptography;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// Finds source ports that RFC 5881 §4 allows: 49152 to 65535, a different one for each session, from an unpredictable start.
/// </summary>
internal sealed class SourcePorts
{
    private const int Count = BfdPorts.LastSource - BfdPorts.FirstSource + 1;

    private int _next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>Binds a socket to an address and the next free port.</summary>
    /// <returns>The port.</returns>
    /// <exception cref="SystemCallException">The kernel refused all of them, or the address.</exception>
    public ushort Bind(DatagramSocket socket, InetAddress address, int interfaceIndex)
    {
        if (address.IsNone)
            address = socket.Family == AddressFamily.InterNetwork ? InetAddress.AnyIPv4 : InetAddress.AnyIPv6;
        for (var tried = 1; ; tried++)
        {
            var port = (ushort)(BfdPorts.FirstSource + _next);
            _next = (_next + 1) % Count;
            try
            {
                socket.Bind(address, port, interfaceIndex);
                return port;
            }
            catch (SystemCallException e) when (e.Error == Errno.EADDRINUSE && tried < Count)
            {
            }
        }
    }
}
