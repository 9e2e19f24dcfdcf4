using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;
using Keepalived.Vrrp;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>
/// Tells the operator's scripts what happens to the instances and groups. Called by the engine on the loop, in the order of events.
/// </summary>
internal sealed class InstanceNotifier(ChildContext context)
{
    private readonly NotifyDispatcher _dispatcher = new(context.Scripts, context.Loggers.CreateLogger("Keepalived.Daemon.Notify"));
    private readonly Dictionary<string, NotifyScripts> _scripts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NotifyScripts> _groupScripts = new(StringComparer.Ordinal);

    /// <summary>Takes the scripts of a configuration. Those of an instance that is not in it stay until its removal was notified.</summary>
    public void Use(KeepalivedConfiguration configuration)
    {
        foreach (var instance in configuration.VrrpInstances)
            _scripts[instance.Name] = instance.Notify;
        foreach (var group in configuration.VrrpSyncGroups)
            _groupScripts[group.Name] = group.Notify;
    }

    /// <summary>Runs the scripts that belong to an event.</summary>
    public void OnEvent(VirtualRouterEvent happened)
    {
        if (!_scripts.TryGetValue(happened.Router.Name, out var scripts))
            return;
        if (ToNotifyEvent(happened, scripts) is { } notify)
            _dispatcher.Notify(scripts, NotifySubject.Instance(happened.Router.Name), notify, happened.Priority);
        if (happened.Kind == VirtualRouterEventKind.Removed)
            _scripts.Remove(happened.Router.Name);
    }

    /// <summary>
    /// Runs the scripts that belong to an event of a group. Nobody is told that a group was removed: its members live on.
    /// </summary>
    public void OnGroupEvent(SyncGroupEvent happened)
    {
        if (!_groupScripts.TryGetValue(happened.Group.Name, out var scripts))
            return;
        var notify = happened.Kind == SyncGroupEventKind.StateChanged ? ToNotifyEvent(happened.State)
            : happened.Kind == SyncGroupEventKind.Stopped ? NotifyEvent.Stop
            : (NotifyEvent?)null;
        if (notify is { } what)
            _dispatcher.Notify(scripts, NotifySubject.Group(happened.Group.Name), what, priority: 0);
        if (happened.Kind == SyncGroupEventKind.Removed)
            _groupScripts.Remove(happened.Group.Name);
    }

    /// <summary>Completes when the scripts of a stop have ended, or were ended after their second.</summary>
    public Task WhenQuietAsync() => _dispatcher.WhenIdle();

    private static NotifyEvent? ToNotifyEvent(VirtualRouterEvent happened, NotifyScripts scripts) => happened.Kind switch
    {
        VirtualRouterEventKind.StateChanged => ToNotifyEvent(happened.State),
        VirtualRouterEventKind.LowerPriorityReceived => NotifyEvent.MasterReceivedLowerPriority,
        VirtualRouterEventKind.Stopped => NotifyEvent.Stop,
        // Without notify_deleted a removal is reported as a fault, unless that was the last thing reported anyway.
        VirtualRouterEventKind.Removed when scripts.ReportDeleted || happened.PreviousState != VrrpState.Fault => NotifyEvent.Deleted,
        _ => null,
    };

    private static NotifyEvent? ToNotifyEvent(VrrpState state) => state switch
    {
        VrrpState.Master => NotifyEvent.Master,
        VrrpState.Backup => NotifyEvent.Backup,
        VrrpState.Fault => NotifyEvent.Fault,
        _ => null, // on its way out: Stopped or Removed follows
    };
}
