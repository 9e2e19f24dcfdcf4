namespace Keepalived.Netlink.Io;

/// <summary>What became of a system call that a program can do without: success, or the reason why not.</summary>
/// <param name="Error">The error number; <see cref="Errno.None"/> if it succeeded.</param>
public readonly record struct SystemCallResult(Errno Error)
{
    /// <summary>Success.</summary>
    public static SystemCallResult Success => default;

    /// <summary>Whether the call succeeded.</summary>
    public bool Succeeded => Error == Errno.None;

    /// <summary>Throws unless the call succeeded.</summary>
    /// <param name="operation">What was attempted, as the object of "cannot".</param>
    /// <exception cref="SystemCallException">It failed.</exception>
    public void ThrowIfFailed(string operation)
    {
        if (!Succeeded)
            throw new SystemCallException(operation, Error);
    }

    /// <summary>The error's text, or "success".</summary>
    public override string ToString() => Succeeded ? "success" : Error.Describe();
}
