using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>Sizes of the kernel's buffers: beyond the limits of net.core with CAP_NET_ADMIN, up to them without.</summary>
internal static class SocketBuffers
{
    public static void TrySetReceive(DatagramSocket socket, int bytes)
    {
        try
        {
            socket.ForceReceiveBufferSize(bytes);
        }
        catch (SystemCallException e) when (e.Error == Errno.EPERM)
        {
            socket.ReceiveBufferSize = bytes;
        }
    }

    public static void TrySetSend(DatagramSocket socket, int bytes)
    {
        try
        {
            socket.ForceSendBufferSize(bytes);
        }
        catch (SystemCallException e) when (e.Error == Errno.EPERM)
        {
            socket.SendBufferSize = bytes;
        }
    }
}
