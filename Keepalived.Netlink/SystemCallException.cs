using System.Runtime.InteropServices;

namespace Keepalived.Netlink;

/// <summary>The kernel refused a system call: what was attempted, in words, and its error number.</summary>
public sealed class SystemCallException : IOException
{
    /// <summary>An exception for a call that failed.</summary>
    /// <param name="operation">What was attempted, as the object of "cannot": <c>open a raw IPv4 socket</c>.</param>
    /// <param name="error">The error number.</param>
    /// <param name="hint">What usually helps, as a sentence; or null.</param>
    public SystemCallException(string operation, Errno error, string? hint = null)
        : base($"Cannot {operation}: {error.Describe()}.{(hint is null ? "" : " " + hint)}") => (Operation, Error) = (operation, error);

    /// <summary>What was attempted, as the object of "cannot".</summary>
    public string Operation { get; }

    /// <summary>The error number.</summary>
    public Errno Error { get; }

    /// <summary>The exception for the last system call of this thread.</summary>
    internal static SystemCallException FromLastError(string operation, string? hint = null) =>
        new(operation, (Errno)Marshal.GetLastPInvokeError(), hint);
}
