using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Notify;

/// <summary>What became of a script.</summary>
/// <param name="Status">How it ended; meaningless if it was not started.</param>
/// <param name="TimedOut">We ended it because it took too long.</param>
/// <param name="StartError">The errno of why it could not be started, or 0.</param>
internal readonly record struct ScriptResult(ProcessStatus Status, bool TimedOut, int StartError)
{
    /// <summary>It ran, and ended in time with status 0.</summary>
    public bool IsSuccess => StartError == 0 && !TimedOut && Status.IsSuccess;
}
