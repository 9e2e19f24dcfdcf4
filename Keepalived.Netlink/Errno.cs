using System.Runtime.InteropServices;

namespace Keepalived.Netlink;

/// <summary>
/// The kernel's error numbers under their own names (asm-generic/errno.h). Any number is a valid value; those that matter to sockets and
/// netlink have a name.
/// </summary>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Operation not permitted: a capability is missing.</summary>
    EPERM = 1,

    /// <summary>No such file, family or object.</summary>
    ENOENT = 2,

    /// <summary>No such process, route or IPVS object.</summary>
    ESRCH = 3,

    /// <summary>Interrupted by a signal.</summary>
    EINTR = 4,

    /// <summary>Input or output error.</summary>
    EIO = 5,

    /// <summary>No such device or address.</summary>
    ENXIO = 6,

    /// <summary>Bad file descriptor.</summary>
    EBADF = 9,

    /// <summary>Try again: the call would block.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory, or over a locked-memory limit.</summary>
    ENOMEM = 12,

    /// <summary>Permission denied.</summary>
    EACCES = 13,

    /// <summary>Device or resource busy.</summary>
    EBUSY = 16,

    /// <summary>It exists already.</summary>
    EEXIST = 17,

    /// <summary>No such device.</summary>
    ENODEV = 19,

    /// <summary>Not a directory.</summary>
    ENOTDIR = 20,

    /// <summary>Invalid argument.</summary>
    EINVAL = 22,

    /// <summary>Too many open files in the process.</summary>
    EMFILE = 24,

    /// <summary>No space left: a table or group is full.</summary>
    ENOSPC = 28,

    /// <summary>The result is out of range.</summary>
    ERANGE = 34,

    /// <summary>The system call does not exist in this kernel.</summary>
    ENOSYS = 38,

    /// <summary>Not a message of the protocol.</summary>
    EBADMSG = 74,

    /// <summary>Message too long.</summary>
    EMSGSIZE = 90,

    /// <summary>The protocol has no such option.</summary>
    ENOPROTOOPT = 92,

    /// <summary>Protocol not supported.</summary>
    EPROTONOSUPPORT = 93,

    /// <summary>Operation not supported.</summary>
    EOPNOTSUPP = 95,

    /// <summary>Address family not supported.</summary>
    EAFNOSUPPORT = 97,

    /// <summary>Address in use already.</summary>
    EADDRINUSE = 98,

    /// <summary>The address is on no interface.</summary>
    EADDRNOTAVAIL = 99,

    /// <summary>The network, or interface, is down.</summary>
    ENETDOWN = 100,

    /// <summary>No route to the network.</summary>
    ENETUNREACH = 101,

    /// <summary>The connection was given up on this side.</summary>
    ECONNABORTED = 103,

    /// <summary>The other end reset the connection.</summary>
    ECONNRESET = 104,

    /// <summary>No buffer space: a queue overran.</summary>
    ENOBUFS = 105,

    /// <summary>The socket is connected.</summary>
    EISCONN = 106,

    /// <summary>Timed out.</summary>
    ETIMEDOUT = 110,

    /// <summary>Connection refused.</summary>
    ECONNREFUSED = 111,

    /// <summary>The host is down.</summary>
    EHOSTDOWN = 112,

    /// <summary>No route to the host.</summary>
    EHOSTUNREACH = 113,

    /// <summary>It is being done already.</summary>
    EALREADY = 114,

    /// <summary>It is being done now.</summary>
    EINPROGRESS = 115,
}

/// <summary>Error numbers as text.</summary>
internal static class ErrnoText
{
    /// <summary>The text of strerror(3) followed by the symbolic name, such as <c>No such device (ENODEV)</c>.</summary>
    public static string Describe(this Errno error) =>
        $"{Marshal.GetPInvokeErrorMessage((int)error)} ({(Enum.IsDefined(error) ? error.ToString() : $"errno {(int)error}")})";
}
