using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>The calling thread is in another network namespace until <see cref="Leave"/>.</summary>
internal readonly struct NetworkNamespaceScope(SocketHandle outer)
{
    /// <summary>Returns the thread to where it was.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public void Leave()
    {
        if (outer is null)
            return;
        using (outer)
        {
            if (Libc.SetNs(outer, Libc.CloneNewNet) != 0)
                throw SystemCallException.FromLastError("return to the previous network namespace");
        }
    }
}
