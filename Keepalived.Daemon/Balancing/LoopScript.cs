using Keepalived.Checkers.Misc;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Notify;
using Keepalived.Netlink.Io;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// The script of a check, run as the daemon runs scripts: as its user, in a process group of its own, seen to by the loop.
/// </summary>
internal sealed class LoopScript(EventLoop loop, ScriptRunner scripts, ScriptConfiguration script) : IScript
{
    /// <inheritdoc/>
    public async ValueTask<ScriptExit> RunAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<ScriptResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        ScriptRun? run = null;
        loop.Schedule(
            _ =>
            {
                if (cancellationToken.IsCancellationRequested)
                    ended.TrySetCanceled(cancellationToken);
                else
                    run = scripts.Start(script, [], MonotonicClock.FromTimeSpan(timeout), result => ended.TrySetResult(result));
            },
            null);
        var registration = cancellationToken.UnsafeRegister(
            _ => loop.Schedule(_ => run?.Terminate(loop.Now), null), null);
        await using (registration.ConfigureAwait(false))
        {
            var result = await ended.Task.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return result.StartError != 0
                ? new ScriptExit { StartError = Errno.Message(result.StartError) }
                : new ScriptExit { Status = result.Status.Code, Signal = result.Status.Signal, TimedOut = result.TimedOut };
        }
    }
}
