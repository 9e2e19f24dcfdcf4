using System.Runtime.InteropServices;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Processes;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.BfdEvents;

/// <summary>
/// Where the BFD process and its clients find each other. The supervisor makes one pair of sockets, keeps both ends for good, and lets
/// children inherit them. A client makes a connection of its own and passes one end through the pair; there it waits for the BFD process,
/// if need be for the next one. When either dies, the kernel ends the connection and the other sees it: the client asks again, the BFD
/// process forgets. So neither the order of their starts nor the number of their deaths matters.
/// </summary>
internal static class BfdRendezvous
{
    /// <summary>The two ends: one for the BFD process, one for all clients.</summary>
    /// <exception cref="IOException">There are no descriptors left.</exception>
    public static (SafeFileHandle Server, SafeFileHandle Clients) CreatePair()
    {
        var (server, clients) = Libc.SequencedPacketPair();
        return server.IsInvalid
            ? throw new IOException($"No socket pair for BFD events: {Errno.LastMessage}.")
            : (server, clients);
    }

    /// <summary>Asks for events. The connection is usable at once; what it brings begins with a snapshot.</summary>
    /// <param name="clients">The clients' end.</param>
    /// <param name="role">Who asks.</param>
    /// <param name="errno">Why it failed.</param>
    /// <returns>The connection, or null.</returns>
    public static SafeFileHandle? TryConnect(SafeHandle clients, DaemonRole role, out int errno)
    {
        errno = 0;
        var (ours, theirs) = Libc.SequencedPacketPair();
        using (theirs)
        {
            if (!ours.IsInvalid && Libc.SendDescriptor(clients, [(byte)role], theirs) >= 0)
                return ours;
            errno = Marshal.GetLastPInvokeError();
            ours.Dispose();
            return null;
        }
    }

    /// <summary>Takes the next client that asks, without waiting.</summary>
    /// <param name="server">The BFD process's end.</param>
    /// <param name="role">Who it is.</param>
    /// <param name="connection">The connection to it.</param>
    /// <returns>False if nobody asks.</returns>
    public static bool TryAccept(SafeHandle server, out DaemonRole role, out SafeFileHandle connection)
    {
        Span<byte> message = stackalloc byte[1];
        while (Libc.ReceiveDescriptor(server, message, out var descriptor) == 1)
        {
            if (descriptor is null)
                continue;
            (role, connection) = ((DaemonRole)message[0], descriptor);
            return true;
        }

        (role, connection) = (default, null!);
        return false;
    }
}
