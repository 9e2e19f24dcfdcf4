using System.Collections.Immutable;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Joins the machine of a sync group to the drivers of its members: each of them drains through it, so that what follows from one
/// member's change is carried out in the group's order. The group's own events wait until those of all members are out. Lives on the loop.
/// </summary>
internal sealed class SyncGroupDriver
{
    private readonly TransportContext _context;
    private readonly Queue<RouterDriver> _pending = new();
    private readonly Queue<VrrpSyncGroupAction> _waiting = new();
    private ImmutableArray<RouterDriver> _members = [];
    private VrrpState _lastState;
    private bool _isDraining;

    public SyncGroupDriver(TransportContext context, SyncGroup face)
    {
        (_context, Face) = (context, face);
        Machine = new VrrpSyncGroup(face.Name);
        face.Driver = this;
        Publish(SyncGroupEventKind.Snapshot, VrrpState.Initialize, VrrpState.Initialize);
    }

    public SyncGroup Face { get; }

    public VrrpSyncGroup Machine { get; }

    /// <summary>The present members.</summary>
    public ImmutableArray<RouterDriver> Members => _members;

    /// <summary>Goes on with these members. They may be in no other group.</summary>
    public void SetMembers(ImmutableArray<RouterDriver> members, long now)
    {
        var before = _members;
        _members = members;
        Machine.SetMembers([.. members.Select(static member => member.Router)], now);
        foreach (var member in before)
            member.Group = null;
        foreach (var member in members)
            member.Group = this;
        if (Machine.IsMixed)
            _context.Logger.MixedGroup(Face.Name);
        foreach (var member in before.RemoveRange(members))
        {
            // It may have waited for another member only.
            member.StartWhenReady(now);
            member.Drain();
        }

        DrainAll();
        OnMemberSettled();
        StartWhenReady(now);
    }

    /// <summary>Starts the members when all of them are ready: none has to wait for a script that ran not even once.</summary>
    public void StartWhenReady(long now)
    {
        if (_members.All(static member => member.IsStarted) || !_members.All(static member => member.IsReady))
            return;
        foreach (var member in _members)
            member.IsStarted = true;
        Machine.Start(now, _context.StartupDelayEnd);
        DrainAll();
    }

    /// <summary>Drains a member that had an input, and all that follows from it.</summary>
    public void Drain(RouterDriver member)
    {
        _pending.Enqueue(member);
        DrainAll();
    }

    /// <summary>A member's events are out, or some of them.</summary>
    public void OnMemberSettled()
    {
        while (_waiting.Count > 0 && AreMembersSettled())
            Complete(_waiting.Dequeue());
    }

    /// <summary>The group is about to end: its state until then is remembered.</summary>
    public void End() => _lastState = Machine.State;

    /// <summary>Tells the world that this group ended.</summary>
    public void PublishEnd(SyncGroupEventKind kind)
    {
        Face.IsStopped = true;
        Publish(kind, VrrpState.Initialize, _lastState);
    }

    private void DrainAll()
    {
        if (_isDraining)
            return;
        _isDraining = true;
        try
        {
            while (true)
            {
                if (_pending.TryDequeue(out var member))
                    member.DrainOwn();
                else if (Machine.TryDequeue(out var action))
                    Execute(action);
                else
                    break;
            }
        }
        finally
        {
            _isDraining = false;
        }
    }

    private void Execute(in VrrpSyncGroupAction action)
    {
        if (action.Kind == VrrpSyncGroupActionKind.DrainMember)
            DriverOf(action.Member!)?.DrainOwn();
        else if (_waiting.Count > 0 || !AreMembersSettled())
            _waiting.Enqueue(action);
        else
            Complete(action);
    }

    private void Complete(in VrrpSyncGroupAction action)
    {
        if (action.Kind == VrrpSyncGroupActionKind.Synchronizing)
            _context.Logger.SynchronizingGroup(Face.Name, ToWord(action.State));
        else
            Publish(SyncGroupEventKind.StateChanged, action.State, action.PreviousState);
    }

    private RouterDriver? DriverOf(VrrpRouter router)
    {
        foreach (var member in _members)
        {
            if (member.Router == router)
                return member;
        }

        return null;
    }

    private bool AreMembersSettled()
    {
        foreach (var member in _members)
        {
            if (!member.IsSettled)
                return false;
        }

        return true;
    }

    private static string ToWord(VrrpState state) => state switch
    {
        VrrpState.Master => "MASTER",
        VrrpState.Fault => "FAULT",
        _ => "BACKUP",
    };

    private void Publish(SyncGroupEventKind kind, VrrpState state, VrrpState previousState) => _context.Events.Publish(new SyncGroupEvent
    {
        Group = Face,
        Kind = kind,
        State = state,
        PreviousState = previousState,
        Time = _context.Loop.TimeProvider.GetUtcNow(),
    });
}
