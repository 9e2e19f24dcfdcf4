using System.Globalization;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// Runs the notify scripts of a state change: the one of the state, then the generic one. They are started in order and not waited
/// for, except by <see cref="WhenIdle"/>; those of a stop get one second.
/// </summary>
internal sealed class NotifyDispatcher(ScriptRunner scripts, ILogger logger)
{
    private const long StopTimeout = MonotonicClock.Second;
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _stopScripts;

    /// <summary>Starts the scripts of an event.</summary>
    /// <param name="scriptsOf">What the configuration says for the subject.</param>
    /// <param name="subject">The instance or group.</param>
    /// <param name="happened">What happened, as it is reported (<see cref="Reported"/>).</param>
    /// <param name="priority">The effective priority; 0 for groups.</param>
    public void Notify(NotifyScripts scriptsOf, NotifySubject subject, NotifyEvent happened, int priority)
    {
        Start(Specific(scriptsOf, happened), [], happened);
        if (happened != NotifyEvent.MasterReceivedLowerPriority)
        {
            Start(
                scriptsOf.Any,
                [subject.Kind, subject.Name, State(happened), priority.ToString(CultureInfo.InvariantCulture)],
                happened);
        }
    }

    /// <summary>
    /// As what an event is reported: without notify_deleted, an instance that is removed is reported as faulty, as scripts written before
    /// that keyword rely on it.
    /// </summary>
    public static NotifyEvent Reported(NotifyEvent happened, NotifyScripts scriptsOf) =>
        happened == NotifyEvent.Deleted && !scriptsOf.ReportDeleted ? NotifyEvent.Fault : happened;

    /// <summary>Completes when no script of a stop runs any more, which is a second and a kill later at most.</summary>
    public Task WhenIdle()
    {
        if (_stopScripts == 0)
            return Task.CompletedTask;
        var waiting = new TaskCompletionSource();
        _waiting.Enqueue(waiting);
        return waiting.Task;
    }

    /// <summary>The word for a state in arguments and FIFO lines.</summary>
    public static string State(NotifyEvent happened) => happened switch
    {
        NotifyEvent.Master => "MASTER",
        NotifyEvent.Backup => "BACKUP",
        NotifyEvent.Fault => "FAULT",
        NotifyEvent.Stop => "STOP",
        NotifyEvent.Deleted => "DELETED",
        _ => "MASTER_RX_LOWER_PRI",
    };

    private static ScriptConfiguration? Specific(NotifyScripts scriptsOf, NotifyEvent happened) => happened switch
    {
        NotifyEvent.Master => scriptsOf.Master,
        NotifyEvent.Backup => scriptsOf.Backup,
        NotifyEvent.Fault => scriptsOf.Fault,
        NotifyEvent.Stop => scriptsOf.Stop,
        NotifyEvent.Deleted => scriptsOf.Deleted,
        _ => scriptsOf.MasterReceivedLowerPriority,
    };

    private void Start(ScriptConfiguration? script, IReadOnlyList<string> arguments, NotifyEvent happened)
    {
        if (script is null)
            return;
        var stopping = happened == NotifyEvent.Stop;
        if (stopping)
            _stopScripts++;
        scripts.Start(script, arguments, stopping ? StopTimeout : null, result =>
        {
            if (result.TimedOut)
                Log.ScriptTimedOut(logger, "Notify", script.ToString());
            else if (result.StartError == 0 && result.Status.Signal != 0)
                Log.ScriptFailed(logger, "Notify", script.ToString(), result.Status.ToString());
            if (!stopping || --_stopScripts > 0)
                return;
            while (_waiting.TryDequeue(out var waiting))
                waiting.SetResult();
        });
    }
}
