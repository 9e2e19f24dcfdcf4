using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;
using Keepalived.Vrrp;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>Tells the operator's scripts what happens to the instances. Called by the engine on the loop, in the order of events.</summary>
internal sealed class InstanceNotifier(ChildContext context)
{
    private readonly NotifyDispatcher _dispatcher = new(context.Scripts, context.Loggers.CreateLogger("Keepalived.Daemon.Notify"));
    private readonly Dictionary<string, NotifyScripts> _scripts = new(StringComparer.Ordinal);

    /// <summary>Takes the scripts of a configuration. Those of an instance that is not in it stay until its removal was notified.</summary>
    public void Use(KeepalivedConfiguration configuration)
    {
        foreach (var instance in configuration.VrrpInstances)
            _scripts[instance.Name] = instance.Notify;
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

    /// <summary>Completes when the scripts of a stop have ended, or were ended after their second.</summary>
    public Task WhenQuietAsync() => _dispatcher.WhenIdle();

    private static NotifyEvent? ToNotifyEvent(VirtualRouterEvent happened, NotifyScripts scripts) => happened.Kind switch
    {
        VirtualRouterEventKind.StateChanged => happened.State switch
        {
            VrrpState.Master => NotifyEvent.Master,
            VrrpState.Backup => NotifyEvent.Backup,
            VrrpState.Fault => NotifyEvent.Fault,
            _ => null, // on its way out: Stopped or Removed follows
        },
        VirtualRouterEventKind.LowerPriorityReceived => NotifyEvent.MasterReceivedLowerPriority,
        VirtualRouterEventKind.Stopped => NotifyEvent.Stop,
        // Without notify_deleted a removal is reported as a fault, unless that was the last thing reported anyway.
        VirtualRouterEventKind.Removed when scripts.ReportDeleted || happened.PreviousState != VrrpState.Fault => NotifyEvent.Deleted,
        _ => null,
    };
}
