using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Keepalived.Netlink.Io.Interop;

namespace Keepalived.Netlink.Io;

/// <summary>
/// A Linux network namespace, held open. A namespace belongs to a <em>thread</em>; a socket stays in the one that its thread was in when
/// it was opened, whoever uses it later. So work is taken to a thread inside: <see cref="Run{T}(Func{T})"/>.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    // /proc/self would be the main thread.
    private const string OfThisThread = "/proc/thread-self/ns/net";

    private static readonly string[] NamedDirectories = ["/run/netns", "/var/run/netns"];

    private readonly SocketHandle _handle;

    private NetworkNamespace(string name, SocketHandle handle) => (Name, _handle) = (name, handle);

    /// <summary>The name or path it was opened by; empty for <see cref="Current"/>.</summary>
    public string Name { get; }

    /// <summary>The namespace of the calling thread. Dispose it.</summary>
    /// <exception cref="SystemCallException">The kernel refused.</exception>
    public static NetworkNamespace Current => new(string.Empty, OpenCurrent());

    /// <summary>
    /// Opens a namespace by its name, as <c>ip netns</c> lists it (/run/netns, /var/run/netns), or by a path, which contains a slash
    /// (<c>/proc/1234/ns/net</c>).
    /// </summary>
    /// <exception cref="SystemCallException">There is none (ENOENT), or it may not be opened.</exception>
    public static NetworkNamespace Open(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (nameOrPath.Contains('/', StringComparison.Ordinal))
        {
            var file = Libc.Open(nameOrPath, Libc.CloseOnExec).ThrowIfInvalid($"open network namespace {nameOrPath}");
            return new NetworkNamespace(nameOrPath, file);
        }

        foreach (var directory in NamedDirectories)
        {
            var handle = Libc.Open($"{directory}/{nameOrPath}", Libc.CloseOnExec);
            if (!handle.IsInvalid)
                return new NetworkNamespace(nameOrPath, handle);
            handle.Dispose();
            if (Marshal.GetLastPInvokeError() != (int)Errno.ENOENT)
                break;
        }

        throw SystemCallException.FromLastError($"open network namespace {nameOrPath}");
    }

    /// <summary>
    /// Calls <paramref name="function"/> on a thread of its own inside the namespace, and returns or throws what it does. Blocks the
    /// caller.
    /// </summary>
    /// <exception cref="SystemCallException">The thread may not enter: EPERM without CAP_SYS_ADMIN, EINVAL if this is no network
    /// namespace.</exception>
    public T Run<T>(Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var result = default(T)!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = function();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        { Name = $"netns {Name}", IsBackground = true };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Run(() =>
        {
            action();
            return true;
        });
    }

    /// <summary>
    /// Takes the calling thread into the namespace for good; threads that it starts from then on, and their processes, are born there.
    /// </summary>
    /// <exception cref="SystemCallException">The thread may not enter: EPERM without CAP_SYS_ADMIN, EINVAL if this is no network
    /// namespace.</exception>
    public void Enter()
    {
        if (Libc.SetNs(_handle, Libc.CloneNewNet) != 0)
            throw SystemCallException.FromLastError($"enter network namespace {Name}");
    }

    /// <summary>Lets go of it; those inside stay there.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The open descriptor, for messages that name a namespace by it.</summary>
    internal int Descriptor => (int)_handle.DangerousGetHandle();

    internal NetworkNamespaceScope EnterScope()
    {
        var outer = OpenCurrent();
        try
        {
            Enter();
            return new NetworkNamespaceScope(outer);
        }
        catch
        {
            outer.Dispose();
            throw;
        }
    }

    private static SocketHandle OpenCurrent() =>
        Libc.Open(OfThisThread, Libc.CloseOnExec).ThrowIfInvalid("open the current network namespace");
}
