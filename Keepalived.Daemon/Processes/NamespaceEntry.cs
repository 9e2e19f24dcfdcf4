using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// Takes the main thread, and with it all processes that it starts, into a network namespace, and into a mount namespace where
/// <c>RUN/keepalived</c> is <c>RUN/keepalived/NAME</c>: daemons of different network namespaces do not meet in their pid files.
/// </summary>
internal static class NamespaceEntry
{
    private const int NewMountNamespace = 0x20000;
    private const ulong BindMount = 0x1000;
    private const ulong Recursive = 0x4000;
    private const ulong Slave = 0x80000;

    /// <summary>Enters. Null, or why it could not be done.</summary>
    public static string? TryEnter(string name, RunPaths paths)
    {
        try
        {
            using var network = NetworkNamespace.Open(name);
            network.Enter();
        }
        catch (Keepalived.Netlink.SystemCallException error)
        {
            return error.Message;
        }

        if (Libc.Unshare(NewMountNamespace) != 0 || Libc.Mount(null, "/", null, Slave | Recursive, 0) != 0)
            return $"no mount namespace: {Errno.LastMessage}";
        var directory = Path.Combine(paths.OwnDirectory, name.Replace('/', '_'));
        Directory.CreateDirectory(directory);
        return Libc.Mount(directory, paths.OwnDirectory, null, BindMount, 0) == 0
            ? null
            : $"no bind mount on {paths.OwnDirectory}: {Errno.LastMessage}";
    }
}
