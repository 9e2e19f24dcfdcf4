namespace Keepalived.Netlink.Io;

/// <summary>
/// What a descriptor on an <see cref="EventLoop"/> is ready for, or what to watch it for. The values are those of sys/epoll.h.
/// </summary>
[Flags]
public enum LoopReadiness
{
    /// <summary>Nothing: the registration rests, errors and hang-ups included.</summary>
    None = 0,

    /// <summary>There is something to read (EPOLLIN); on a pidfd: the process ended.</summary>
    Readable = 0x1,

    /// <summary>There is something urgent (EPOLLPRI).</summary>
    Urgent = 0x2,

    /// <summary>There is room to write (EPOLLOUT).</summary>
    Writable = 0x4,

    /// <summary>An error is pending (EPOLLERR). Always watched for, unless the interest is <see cref="None"/>.</summary>
    Error = 0x8,

    /// <summary>The other end hung up (EPOLLHUP). Always watched for, unless the interest is <see cref="None"/>.</summary>
    HangUp = 0x10,

    /// <summary>The other end will write no more (EPOLLRDHUP).</summary>
    PeerClosed = 0x2000,
}
