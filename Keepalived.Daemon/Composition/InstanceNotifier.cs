using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Mail;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;
using Keepalived.Daemon.Status;
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
    private Terms _terms = Terms.None;

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
    /// <param name="index">The configuration.</param>
    /// <param name="ownsCommonScript">Whether this process runs the script of the FIFO that other processes write to, too.</param>
    /// <returns>What brings back what was in force before, if nothing comes of the configuration.</returns>
    public Action Use(InstanceIndex index, bool ownsCommonScript)
    {
        var (configuration, before) = (index.Configuration, _terms);
        var shared = new SharedValues();
        var instances = Keep(before.Instances);
        foreach (var instance in configuration.VrrpInstances)
        {
            var details = shared.Share(InstanceDetails.Of(instance, index.NotifiesPriorityChanges(instance)));
            instances[instance.Name] = new Subject(details) { LastMailed = before.Instances.GetValueOrDefault(instance.Name)?.LastMailed };
        }

        var groups = Keep(before.Groups);
        foreach (var group in configuration.VrrpSyncGroups)
        {
            var details = new InstanceDetails { Notify = group.Notify, SmtpAlert = group.SmtpAlert };
            groups[group.Name] = new Subject(details) { LastMailed = before.Groups.GetValueOrDefault(group.Name)?.LastMailed };
        }

        var common = configuration.Global.NotifyFifo;
        Use(new Terms(
            instances,
            groups,
            configuration.Global.Mail,
            [ownsCommonScript ? common : common is null ? null : common with { Script = null }, configuration.Global.VrrpNotifyFifo]));
        return () => Use(before);
    }

    /// <summary>What the block of an instance of the present configuration says besides its options; null for any other instance.</summary>
    public InstanceDetails? FindDetails(string instance) =>
        _terms.Instances.TryGetValue(instance, out var subject) && subject.IsConfigured ? subject.Details : null;

    /// <summary>Runs the scripts and writes the lines that belong to an event.</summary>
    public void OnEvent(VirtualRouterEvent happened)
    {
        var name = happened.Router.Name;
        if (!_terms.Instances.TryGetValue(name, out var subject))
            return;
        if (happened.Kind == VirtualRouterEventKind.PriorityChanged && subject.Details.NotifiesPriorityChanges)
        {
            _fifos.Write(FifoLine.Priority(
                NotifySubject.Instance(name), happened.State == VrrpState.Master, happened.Priority));
        }
        else if (ToNotifyEvent(happened, subject.Details.Notify) is { } what)
        {
            subject.WasTold = true;
            Tell(subject, NotifySubject.Instance(name), what, happened.Priority);
        }

        if (happened.Kind == VirtualRouterEventKind.Removed && !subject.IsConfigured)
            _terms.Instances.Remove(name);
    }

    /// <summary>
    /// The same for an event of a group. Nobody is told that a group was removed: its members live on.
    /// </summary>
    public void OnGroupEvent(SyncGroupEvent happened)
    {
        if (!_terms.Groups.TryGetValue(happened.Group.Name, out var subject))
            return;
        var notify = happened.Kind == SyncGroupEventKind.StateChanged ? ToNotifyEvent(happened.State)
            : happened.Kind == SyncGroupEventKind.Stopped ? NotifyEvent.Stop
            : (NotifyEvent?)null;
        if (notify is { } what)
        {
            subject.WasTold = true;
            Tell(subject, NotifySubject.Group(happened.Group.Name), what, priority: 0);
        }

        if (happened.Kind == SyncGroupEventKind.Removed && !subject.IsConfigured)
            _terms.Groups.Remove(happened.Group.Name);
    }

    /// <summary>Writes the states to the FIFOs that nothing was written of since the configuration came (after a reload).</summary>
    public void WriteStates(IEnumerable<SyncGroup> groups, IEnumerable<VirtualRouter> routers)
    {
        foreach (var group in groups.Where(group => _terms.Groups.GetValueOrDefault(group.Name) is { WasTold: false }))
        {
            if (ToNotifyEvent(group.State) is { } what)
                _fifos.Write(FifoLine.State(NotifySubject.Group(group.Name), what, priority: 0));
        }

        foreach (var router in routers.Where(router => _terms.Instances.GetValueOrDefault(router.Name) is { WasTold: false }))
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
        _dispatcher.Notify(subject.Details.Notify, whom, what, priority);
        if (_fifos.Any)
            _fifos.Write(FifoLine.State(whom, what, priority));
        if (subject.Details.SmtpAlert)
            Mail(subject, whom, what);
    }

    /// <summary>The same state is not mailed twice running.</summary>
    private void Mail(Subject subject, NotifySubject whom, NotifyEvent what)
    {
        if (what == subject.LastMailed || (what == NotifyEvent.Fault && _terms.Mail.NoFaults) || VrrpMail.Of(whom, what) is not { } mail)
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

    private static Dictionary<string, Subject> Keep(Dictionary<string, Subject> subjects) => subjects.ToDictionary(
        static known => known.Key,
        static known => new Subject(known.Value.Details) { LastMailed = known.Value.LastMailed, IsConfigured = false },
        StringComparer.Ordinal);

    private void Use(Terms terms)
    {
        _terms = terms;
        _mails.Use(terms.Mail);
        _fifos.Use(terms.Fifos);
    }

    /// <summary>What one configuration says about notifying.</summary>
    private sealed record Terms(
        Dictionary<string, Subject> Instances,
        Dictionary<string, Subject> Groups,
        MailConfiguration Mail,
        NotifyFifoConfiguration?[] Fifos)
    {
        public static Terms None { get; } = new([], [], new MailConfiguration(), []);
    }

    /// <summary>Whom a message is about; a group has scripts and mails only.</summary>
    private sealed class Subject(InstanceDetails details)
    {
        public InstanceDetails Details { get; } = details;

        /// <summary>The last event that was mailed; null if none was.</summary>
        public NotifyEvent? LastMailed { get; set; }

        /// <summary>Whether the present configuration has it.</summary>
        public bool IsConfigured { get; init; } = true;

        /// <summary>Whether anything was told of it since this configuration came.</summary>
        public bool WasTold { get; set; }
    }
}
