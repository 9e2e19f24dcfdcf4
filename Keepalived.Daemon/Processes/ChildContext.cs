using System.Runtime.InteropServices;
using Keepalived.Daemon.BfdEvents;
using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Notify;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>What a role gets from the process around it.</summary>
/// <param name="Loop">The loop, on the main thread.</param>
/// <param name="Loggers">Logging; it never waits.</param>
/// <param name="Options">The command line.</param>
/// <param name="Scripts">Runs notify and track scripts.</param>
/// <param name="Fail">Ends the process with a status of <see cref="ExitCode"/>, after <see cref="IRole.StopAsync"/>: for failures after
/// the start.</param>
internal sealed record ChildContext(
    EventLoop Loop, ILoggerFactory Loggers, CommandLineOptions Options, ScriptRunner Scripts, Action<int> Fail)
{
    /// <summary>Whether another process was this role until it died: what it left in the kernel goes on.</summary>
    public bool IsRestart { get; init; }

    /// <summary>Tells the supervisor something, for another child to hear. False if it is not there.</summary>
    public Func<RoleMessage, bool> Send { get; init; } = static _ => false;

    /// <summary>
    /// The child's end of the <see cref="BfdRendezvous"/>: the server's end in the BFD process, the clients' end in the others. Null where
    /// there is no supervisor.
    /// </summary>
    public SafeHandle? BfdEvents { get; init; }
}
