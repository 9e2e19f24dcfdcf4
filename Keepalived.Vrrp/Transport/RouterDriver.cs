using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Joins one machine to its surroundings: takes it datagrams, timeouts and what happens to interfaces and addresses, and carries out what
/// it asks. Lives on the loop. Adverts are sent, and requests for the kernel queued, at once; announcements and events that follow a
/// change of addresses wait until the kernel has confirmed it, so that whoever hears of a master finds its addresses in place.
/// </summary>
internal sealed partial class RouterDriver : IKeeperOwner, IDisposable
{
    private static readonly VrrpFault ConfigurationFault = new(VrrpFaultReason.Configuration);

    private readonly LoopTimer _timer;
    /// <summary>What waits for the kernel: nothing, nearly always.</summary>
    private Queue<VrrpAction>? _waiting;
    private bool _isDraining;
    private VrrpState _lastState;
    private bool _isPlaced;
    private bool _isEnding;
    private bool _isAbandoned;

    public RouterDriver(TransportContext context, VirtualRouter face)
    {
        context.Loop.PauseIfDue(); // here and below: thousands of routers may be made in one turn
        (Context, Face) = (context, face);
        Router = new VrrpRouter(face.Options.ToRouterOptions(InetAddress.None));
        Kept = new ObjectKeeper(context, this);
        _timer = context.Loop.CreateTimer(static state => ((RouterDriver)state!).OnTimeout(), this);
        SetOptions(face.Options);
    }

    public TransportContext Context { get; }

    public VirtualRouter Face { get; }

    public VrrpRouter Router { get; }

    /// <summary>What it brings to the kernel.</summary>
    public ObjectKeeper Kept { get; }

    public VirtualRouterOptions Options => Face.Options;

    public string Name => Face.Options.Name;

    /// <summary>The next router with the same VRID on the same socket.</summary>
    public RouterDriver? NextOnSocket { get; set; }

    /// <summary>Adverts that could not be sent because there was no socket.</summary>
    public long Unsendable { get; private set; }

    /// <summary>Its sync group, if it is in one.</summary>
    public SyncGroupDriver? Group { get; set; }

    /// <summary>Whether all that happened was told; else it waits for the kernel.</summary>
    public bool IsSettled => !Kept.IsBusy && _waiting is null;

    private ILogger Logger => Context.Logger;

    /// <summary>The wall clock in nanoseconds since 1970, which only HMAC trailers need.</summary>
    private long UtcNow => Router.Options.Hmac is null
        ? 0
        : (Context.Loop.TimeProvider.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>Takes its place on the network, and starts the machine.</summary>
    public void Start(long now)
    {
        Context.Loop.PauseIfDue();
        Publish(VirtualRouterEventKind.Snapshot, VrrpState.Initialize, null, Router.EffectivePriority);
        Kept.ClearLeftovers();
        UpdateNetwork(now);
        _isPlaced = true;
        ApplyTrackers(now);
    }

    /// <summary>Stops the machine. The addresses are on their way out, or, if they are not released, stay.</summary>
    public void Stop(bool release, long now)
    {
        Context.Loop.PauseIfDue();
        _isEnding = true;
        _lastState = Router.State;
        if (release)
        {
            Router.Stop(now);
        }
        else
        {
            _isAbandoned = true;
            Router.Abandon(now);
            Kept.Abandon();
        }

        Drain();
        _timer.Cancel();
    }

    public void Dispose()
    {
        Context.Loop.PauseIfDue();
        _timer.Dispose();
        _repair?.Dispose();
        UnblockPackets();
        if (!_isAbandoned)
            Kept.End();
        CloseSocket();
        Context.AwaitingSource.Remove(this);
        foreach (var address in Options.AllAddresses())
            Context.ReleaseVirtualAddress(address.Address);
        LeaveInterfaces();
    }

    public void HandleDatagram(in DatagramHeader header, ReadOnlySpan<byte> packet, long now)
    {
        Router.HandleDatagram(header, packet, now, UtcNow);
        Drain();
    }

    public void SetFault(VrrpFault fault, bool active)
    {
        Router.SetFault(fault, active, Context.Loop.Now);
        Drain();
    }

    /// <summary>Ends the startup delay, or moves its end.</summary>
    public void SetStartupDelay(long end, long now)
    {
        Router.SetStartupDelay(end, now);
        Drain();
    }

    /// <summary>Goes on with new options; they describe the same router (same VRID, family, interface, kind).</summary>
    public void Reconfigure(VirtualRouterOptions options, long now)
    {
        Context.Loop.PauseIfDue();
        foreach (var address in Options.AllAddresses())
            Context.ReleaseVirtualAddress(address.Address);
        // What the options say anew stands above what was asked for before.
        if (options.Priority != Options.Priority)
            _requestedPriority = null;
        Face.Options = options;
        var added = SetOptions(options);
        UpdateNetwork(now);
        Router.Reconfigure(options.ToRouterOptions(Router.SourceAddress), added, now);
        ApplyTrackers(now);
        if (Router.State == VrrpState.Master)
            BlockPackets();
        LeaveFormerInterfaces();
    }

    /// <summary>The kernel confirmed all changes: what waited for it goes on.</summary>
    public void OnSettled()
    {
        while (!Kept.IsBusy && _waiting is { } waiting)
        {
            var action = waiting.Dequeue();
            if (waiting.Count == 0)
                _waiting = null;
            Complete(action);
            if (action.Kind == VrrpActionKind.AnnounceAddresses && _waiting is not null)
            {
                // The network learns who the master is before scripts are started and subscribers are told.
                Context.Loop.ScheduleAfterSending(static state => ((RouterDriver)state!).OnSettled(), this);
                return;
            }
        }

        Group?.OnMemberSettled();
    }

    private bool SetOptions(VirtualRouterOptions options)
    {
        foreach (var address in options.AllAddresses())
            Context.HoldVirtualAddress(address.Address);
        if (options.ConfigurationError is { } error)
            Logger.HeldInFault(Name, error);
        if (_repair is not null)
            _repair.Options = options.DriftRepair;
        SetVirtualInterfaces(options);
        SetTrackedInterfaces(options);
        SetTrackers(options);
        return Kept.SetWanted(ToWishes(options, DeviceOf));
    }

    private void OnTimeout()
    {
        Router.HandleTimeout(Context.Loop.Now);
        Drain();
    }

    /// <summary>Carries out what the machine asks, and what follows from it in the sync group.</summary>
    public void Drain()
    {
        if (Group is { } group)
            group.Drain(this);
        else
            DrainOwn();
    }

    /// <summary>Carries out actions until there are none. An action may cause further ones: they take their place in the queue.</summary>
    public void DrainOwn()
    {
        if (_isDraining)
            return;
        _isDraining = true;
        try
        {
            while (Router.TryDequeue(out var action))
                Execute(action);
        }
        finally
        {
            _isDraining = false;
        }

        if (Router.MasterAddress != Face.MasterAddress || Router.SourceAddress != Face.SourceAddress)
            Face.SetAddresses(Router.SourceAddress, Router.MasterAddress);
        if (Router.MasterInterval != _knownMasterInterval)
            OnMasterInterval();
        var deadline = Router.NextDeadline;
        if (deadline != _timer.Deadline)
            _timer.Arm(deadline);
    }

    private void Execute(in VrrpAction action)
    {
        switch (action.Kind)
        {
            case VrrpActionKind.SendAdvertisement:
                Send(action);
                return;
            case VrrpActionKind.ConfigureAddresses:
                BlockPackets();
                Kept.Configure();
                return;
            case VrrpActionKind.RemoveAddresses:
                Context.Announcer.Forget(this);
                _repair?.Cancel();
                Kept.Remove();
                UnblockPackets();
                return;
        }

        if (Kept.IsBusy || _waiting is not null)
            (_waiting ??= new Queue<VrrpAction>()).Enqueue(action);
        else
            Complete(action);
    }

    private void Complete(in VrrpAction action)
    {
        switch (action.Kind)
        {
            case VrrpActionKind.AnnounceAddresses when action.AnnouncementReason == VrrpAnnouncementReason.ExtraInterfaces:
                if (Router.State == VrrpState.Master)
                    Context.Announcer.AnnounceExtra(this, Options.Announcements.ExtraOnAllInterfaces);
                break;
            case VrrpActionKind.AnnounceAddresses when Router.State == VrrpState.Master:
                Context.Announcer.Announce(this, action.Rounds);
                break;
            case VrrpActionKind.AnnounceSource:
                Context.Announcer.AnnounceSource(this);
                break;
            case VrrpActionKind.StateChanged:
                LogState(action);
                // The end is told when the addresses are gone and the sockets closed.
                if (!_isEnding)
                    Publish(VirtualRouterEventKind.StateChanged, action.State, action.PreviousState, action.StateReason, action.Priority,
                        action.Priority);
                break;
            case VrrpActionKind.PriorityChanged:
                Logger.PriorityChanged(Name, action.PreviousPriority, action.Priority);
                Publish(VirtualRouterEventKind.PriorityChanged, Router.State, Router.State, null, action.Priority, action.PreviousPriority);
                break;
            case VrrpActionKind.LowerPriorityReceived:
                Publish(VirtualRouterEventKind.LowerPriorityReceived, Router.State, null, Router.EffectivePriority);
                break;
            case VrrpActionKind.Notice:
                LogNotice(action);
                break;
        }
    }

    /// <summary>Tells the world that this router ended.</summary>
    public void PublishEnd(VirtualRouterEventKind kind)
    {
        Face.IsStopped = true;
        Publish(kind, VrrpState.Initialize, _lastState, null, Router.EffectivePriority, Router.EffectivePriority);
    }

    private void Publish(VirtualRouterEventKind kind, VrrpState state, VrrpStateReason? reason, int priority) =>
        Publish(kind, state, state, reason, priority, priority);

    private void Publish(
        VirtualRouterEventKind kind, VrrpState state, VrrpState previousState, VrrpStateReason? reason, int priority, int previousPriority) =>
        Context.Events.Publish(new VirtualRouterEvent
        {
            Router = Face,
            Kind = kind,
            State = state,
            PreviousState = previousState,
            Reason = reason,
            Priority = priority,
            PreviousPriority = previousPriority,
            Time = Context.Loop.TimeProvider.GetUtcNow(),
        });
}
