namespace Keepalived.Netlink.Io;

/// <summary>An exception that a callback on an <see cref="EventLoop"/> let escape.</summary>
public sealed class EventLoopExceptionEventArgs(Exception exception) : EventArgs
{
    /// <summary>The exception.</summary>
    public Exception Exception { get; } = exception;

    /// <summary>
    /// Whether the loop may go on. It starts as false; if no subscriber sets it, the exception leaves <see cref="EventLoop.Run"/>.
    /// </summary>
    public bool Handled { get; set; }
}
