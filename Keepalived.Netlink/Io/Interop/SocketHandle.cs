using Microsoft.Win32.SafeHandles;

namespace Keepalived.Netlink.Io.Interop;

/// <summary>An owned file descriptor of any kind: socket, epoll, timer, event, namespace.</summary>
internal sealed class SocketHandle : SafeHandleMinusOneIsInvalid
{
    public SocketHandle()
        : base(ownsHandle: true)
    {
    }

    public SocketHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>This handle, or the exception for the call that failed to open it.</summary>
    /// <exception cref="SystemCallException">The handle is invalid.</exception>
    public SocketHandle ThrowIfInvalid(string operation, string? hint = null)
    {
        if (!IsInvalid)
            return this;
        var exception = SystemCallException.FromLastError(operation, hint);
        Dispose();
        throw exception;
    }

    protected override bool ReleaseHandle() => Libc.Close(handle) == 0;
}
