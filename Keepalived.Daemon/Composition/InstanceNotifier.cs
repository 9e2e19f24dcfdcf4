using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Mail;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;
using Keepalived.Vrrp;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Composition;

/// <summary>
/// Tells the operator's scripts, FIFOs and mailboxes what happens to the instances and groups. Called by the engine on the loop, in the order of
/// events.
/// </summary>
internal sealed class InstanceNotifier : IDisposable
{
    private readonly NotifyDispatcher _dispatcher;
    private readonly NotifyFifos _fifos;
    private readonly MailQueue _mails;
    private readonly Dictionary<string, Subject> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subject> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<object> _toldSinceUse = [];
    private bool _noFaults;

    public InstanceNotifier(ChildContext context)
    {
        var logger = context.Loggers.CreateLogger("Keepalived.Daemon.Notify");
        _dispatcher = new NotifyDispatcher(context.Scripts, logger);
        _fifos = new NotifyFifos(context.Loop, context.Scripts, logger);
        _mails = new MailQueue(logger);
    }

    /// <summary>
    /// Takes what a configuration says about notifying. An instance that is not in it keeps what was said until its removal was notified.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="ownsCommonScript">Whether this process runs the script of the FIFO that other processes write to, too.</param>
    public void Use(KeepalivedConfiguration configuration, bool ownsCommonScript)
    {
        foreach (var subject in _instances.Values.Concat(_groups.Values))
            subject.IsConfigured = false;
        foreach (var instance in configuration.VrrpInstances)
        {
            var last = _instances.GetValueOrDefault(instance.Name)?.LastMailed;
            _instances[instance.Name] = new Subject(instance.Notify, configuration.NotifiesPriorityChanges(instance), instance.SmtpAlert)
            {
                LastMailed = last,
            };
        }

        foreach (var group in configuration.VrrpSyncGroups)
        {
            _groups[group.Name] = new Subject(group.Notify, tellsPriority: false, group.SmtpAlert)
            {
                LastMailed = _groups.GetValueOrDefault(group.Name)?.LastMailed,
            };
        }

        _noFaults = configuration.Global.Mail.NoFaults;
        _mails.Use(configuration.Global.Mail);
        var common = configuration.Global.NotifyFifo;
        _fifos.Use([ownsCommonScript ? common : common is null ? null : common with { Script = null }, configuration.Global.VrrpNotifyFifo]);
        _toldSinceUse.Clear();
    }

    /// <summary>Runs the scripts and writes the lines that belong to an event.</summary>
    public void OnEvent(VirtualRouterEvent happened)
    {
        var name = happened.Router.Name;
        if (!_instances.TryGetValue(name, out var subject))
            return;
        if (happened.Kind == VirtualRouterEventKind.PriorityChanged && subject.TellsPriority)
        {
            _fifos.Write(FifoLine.Priority(
                NotifySubject.Instance(name), happened.State == VrrpState.Master, happened.Priority));
        }
        else if (ToNotifyEvent(happened, subject.Scripts) is { } what)
        {
            _toldSinceUse.Add(happened.Router);
            Tell(subject, NotifySubject.Instance(name), what, happened.Priority);
        }

        if (happened.Kind == VirtualRouterEventKind.Removed && !subject.IsConfigured)
            _instances.Remove(name);
    }

    /// <summary>
    /// The same for an event of a group. Nobody is told that a group was removed: its members live on.
    /// </summary>
    public void OnGroupEvent(SyncGroupEvent happened)
    {
        if (!_groups.TryGetValue(happened.Group.Name, out var subject))
            return;
        var notify = happened.Kind == SyncGroupEventKind.StateChanged ? ToNotifyEvent(happened.State)
            : happened.Kind == SyncGroupEventKind.Stopped ? NotifyEvent.Stop
            : (NotifyEvent?)null;
        if (notify is { } what)
        {
            _toldSinceUse.Add(happened.Group);
            Tell(subject, NotifySubject.Group(happened.Group.Name), what, priority: 0);
        }

        if (happened.Kind == SyncGroupEventKind.Removed && !subject.IsConfigured)
            _groups.Remove(happened.Group.Name);
    }

    /// <summary>Writes the states to the FIFOs that nothing was written of since the configuration came (after a reload).</summary>
    public void WriteStates(IEnumerable<SyncGroup> groups, IEnumerable<VirtualRouter> routers)
    {
        foreach (var group in groups.Where(group => !_toldSinceUse.Contains(group)))
        {
            if (ToNotifyEvent(group.State) is { } what)
                _fifos.Write(FifoLine.State(NotifySubject.Group(group.Name), what, priority: 0));
        }

        foreach (var router in routers.Where(router => !_toldSinceUse.Contains(router)))
        {
            if (ToNotifyEvent(router.State) is { } what)
                _fifos.Write(FifoLine.State(NotifySubject.Instance(router.Name), what, router.Priority));
        }
    }

    /// <summary>
    /// Completes when the scripts of a stop have ended, or were ended after their second, the FIFOs are closed, and the last mails had a
    /// second, too. Nobody is told of anything any more.
    /// </summary>
    public Task WhenQuietAsync() => Task.WhenAll(_dispatcher.WhenIdle(), _fifos.CloseAsync(), _mails.CloseAsync(TimeSpan.FromSeconds(1)));

    /// <inheritdoc/>
    public void Dispose() => _mails.Dispose();

    private void Tell(Subject subject, NotifySubject whom, NotifyEvent what, int priority)
    {
        _dispatcher.Notify(subject.Scripts, whom, what, priority);
        if (_fifos.Any)
            _fifos.Write(FifoLine.State(whom, what, priority));
        if (subject.Mails)
            Mail(subject, whom, what);
    }

    /// <summary>The same state is not mailed twice running.</summary>
    private void Mail(Subject subject, NotifySubject whom, NotifyEvent what)
    {
        if (what == subject.LastMailed || (what == NotifyEvent.Fault && _noFaults) || VrrpMail.Of(whom, what) is not { } mail)
            return;
        subject.LastMailed = what;
        _mails.Post(mail);
    }

    private static NotifyEvent? ToNotifyEvent(VirtualRouterEvent happened, NotifyScripts scripts) => happened.Kind switch
    {
        VirtualRouterEventKind.StateChanged => ToNotifyEvent(happened.State),
        VirtualRouterEventKind.LowerPriorityReceived => NotifyEvent.MasterReceivedLowerPriority,
        VirtualRouterEventKind.Stopped => NotifyEvent.Stop,
        // Without notify_deleted a removal is reported as a fault, unless that was the last thing reported anyway.
        VirtualRouterEventKind.Removed when scripts.ReportDeleted || happened.PreviousState != VrrpState.Fault =>
            NotifyDispatcher.Reported(NotifyEvent.Deleted, scripts),
        _ => null,
    };

    private static NotifyEvent? ToNotifyEvent(VrrpState state) => state switch
    {
        VrrpState.Master => NotifyEvent.Master,
        VrrpState.Backup => NotifyEvent.Backup,
        VrrpState.Fault => NotifyEvent.Fault,
        _ => null, // on its way out: Stopped or Removed follows
    };

    private sealed class Subject(NotifyScripts scripts, bool tellsPriority, bool mails)
    {
        public NotifyScripts Scripts { get; } = scripts;

        public bool TellsPriority { get; } = tellsPriority;

        /// <summary>Whether its changes of state are mailed.</summary>
        public bool Mails { get; } = mails;

        /// <summary>The last event that was mailed; null if none was.</summary>
        public NotifyEvent? LastMailed { get; set; }

        /// <summary>Whether the present configuration has it.</summary>
        public bool IsConfigured { get; set; } = true;
    }
}
