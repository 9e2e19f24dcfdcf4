using System.Collections.Immutable;

namespace Keepalived.Vrrp;

/// <summary>
/// Virtual routers that are master together or not at all, as a firewall's two sides must be (keepalived's vrrp_sync_group). It stands
/// between the machines of its members: a member asks it before it becomes master, and takes the others along when it changes. Like them
/// it does no input or output and reads no clock. Not thread-safe.
/// <para>
/// A driver gives inputs to the members as ever. After each it drains that member, then <see cref="TryDequeue"/> until the group has
/// nothing left, and drains a member whenever the group says so. The order is thereby: what the member that changed first does, then the
/// others in the order of <see cref="Members"/>, last the change of the group. At the start the group comes first.
/// </para>
/// </summary>
/// <remarks>
/// What one member's change does to the others. A member that has not been started, or was stopped, takes no part.
/// <list type="table">
/// <item><term>to master</term><description>Only if each of the others wants to be master too: otherwise it stays backup, and tries again
/// after a master down interval. All become master.</description></item>
/// <item><term>to backup, for a higher priority or because it was late</term><description>Masters go to backup without a word; what the
/// group held in fault goes to backup.</description></item>
/// <item><term>to backup, because an address was lost</term><description>Masters go to backup with priority 0, and return after their
/// skew time, all together.</description></item>
/// <item><term>to fault</term><description>Masters go to fault with priority 0, backups go to fault. All stay there until no member has a
/// fault of its own.</description></item>
/// <item><term>out of fault</term><description>The others follow, to backup, or to master if all own their addresses.</description></item>
/// </list>
/// </remarks>
public sealed class VrrpSyncGroup
{
    private readonly Queue<VrrpSyncGroupAction> _actions = new();

    /// <summary>A group without members.</summary>
    /// <param name="name">The name in logs and events.</param>
    public VrrpSyncGroup(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>
    /// The state: <see cref="VrrpState.Master"/> if all members are master, <see cref="VrrpState.Fault"/> if one has a fault, else
    /// <see cref="VrrpState.Backup"/>. <see cref="VrrpState.Initialize"/> before the start.
    /// </summary>
    public VrrpState State { get; private set; }

    /// <summary>The members, in the order in which they follow.</summary>
    public ImmutableArray<VrrpRouter> Members { get; private set; } = [];

    /// <summary>
    /// Whether some members own their addresses and others do not. Then none of them starts as master at once: a mistake in the
    /// configuration.
    /// </summary>
    public bool IsMixed
    {
        get
        {
            var owners = 0;
            foreach (var member in Members)
                owners += member.Options.IsOwner ? 1 : 0;
            return owners > 0 && owners < Members.Length;
        }
    }

    /// <summary>Whether any member has a fault of its own.</summary>
    public bool HasFault
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Faults.Count > 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether a member that runs has a fault of its own: one that was not started yet takes no part.</summary>
    private bool HasRunningFault
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.State != VrrpState.Initialize && member.Faults.Count > 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>
    /// Sets the members, before the start or later. Who leaves is on its own; who joins falls in with the others: a fault counts for all
    /// at once, and a backup among masters either becomes master when its master down interval ends, or, if it hears a better one, takes
    /// the masters with it.
    /// </summary>
    /// <exception cref="ArgumentException">A router is a member of another group, or there twice.</exception>
    public void SetMembers(ImmutableArray<VrrpRouter> members, long now)
    {
        if (members.Distinct().Count() != members.Length)
            throw new ArgumentException($"A member of sync group '{Name}' is there twice.", nameof(members));
        if (members.FirstOrDefault(member => member.SyncGroup is { } other && other != this) is { } taken)
            throw new ArgumentException($"Virtual router '{taken.Options.Name}' is in another sync group.", nameof(members));
        var leaving = Members.RemoveRange(members);
        Members = members;
        foreach (var member in members)
            member.SyncGroup = this;
        foreach (var member in leaving)
        {
            member.SyncGroup = null;
            member.LeaveGroup(now);
        }

        Settle(now);
    }

    /// <summary>Starts the members that do not run.</summary>
    /// <param name="now">The present.</param>
    /// <param name="notBefore">The end of the startup delay, as in <see cref="VrrpRouter.Start"/>.</param>
    public void Start(long now, long notBefore = 0)
    {
        // A group of owners says nothing yet: it is about to become master.
        if (HasFault)
            SetState(VrrpState.Fault);
        else if (State == VrrpState.Initialize && !Members.All(static member => member.StartsAsMaster))
            SetState(VrrpState.Backup);
        foreach (var member in Members)
        {
            if (member.State != VrrpState.Initialize)
                continue;
            member.Start(now, notBefore);
            Touch(member);
        }

        if (State != VrrpState.Initialize)
            Settle(now);
    }

    /// <summary>The next action, in the order in which they must be carried out.</summary>
    public bool TryDequeue(out VrrpSyncGroupAction action) => _actions.TryDequeue(out action);

    /// <summary>Whether a member may become master: the group is, or all others would like to be.</summary>
    internal bool Allows(VrrpRouter member)
    {
        if (State == VrrpState.Master)
            return true;
        foreach (var other in Members)
        {
            if (other != member && other.State != VrrpState.Initialize && other.WantedState != VrrpState.Master)
                return false;
        }

        return true;
    }

    /// <summary>A member is master: if all others want to be, they are.</summary>
    internal void FollowToMaster(VrrpRouter leader, long now)
    {
        if (State == VrrpState.Master || !Allows(leader))
            return;
        Announce(VrrpState.Master);
        foreach (var member in Members)
        {
            if (member != leader && member.SynchronizeToMaster(now))
                Touch(member);
        }

        SetState(VrrpState.Master);
    }

    /// <summary>A member went to backup, or follows somebody else's master although others here are master.</summary>
    /// <param name="leader">The member.</param>
    /// <param name="isLoss">Whether it lost an address, and wants to be master again.</param>
    /// <param name="now">The present.</param>
    internal void FollowToBackup(VrrpRouter leader, bool isLoss, long now)
    {
        if (HasRunningFault || (State == VrrpState.Backup && !HasMaster()))
            return;
        Announce(VrrpState.Backup);
        foreach (var member in Members)
        {
            if (member != leader && member.SynchronizeToBackup(isLoss, now))
                Touch(member);
        }

        SetState(VrrpState.Backup);
    }

    /// <summary>A member has a fault.</summary>
    internal void FollowToFault(VrrpRouter? leader, long now)
    {
        if (State != VrrpState.Fault)
            Announce(VrrpState.Fault);
        foreach (var member in Members)
        {
            if (member != leader && member.SynchronizeToFault(now))
                Touch(member);
        }

        SetState(VrrpState.Fault);
    }

    /// <summary>A member heard a lower priority: whoever sent it may have misled the hosts on the links of the others, too.</summary>
    internal void FollowLowerPriority(VrrpRouter leader, long now)
    {
        foreach (var member in Members)
        {
            if (member == leader || member.State != VrrpState.Master)
                continue;
            member.AnnounceAfterLowerPriority(now);
            Touch(member);
        }
    }

    /// <summary>Brings the group's state in line with its members, after others joined or left.</summary>
    private void Settle(long now)
    {
        var running = Members.Count(static member => member.State != VrrpState.Initialize);
        if (running == 0)
            return;
        if (HasRunningFault)
        {
            FollowToFault(null, now);
            return;
        }

        foreach (var member in Members)
        {
            if (member.State == VrrpState.Fault && member.SynchronizeToBackup(isLoss: false, now))
                Touch(member);
        }

        SetState(Members.Count(static member => member.State == VrrpState.Master) == running ? VrrpState.Master : VrrpState.Backup);
    }

    private bool HasMaster()
    {
        foreach (var member in Members)
        {
            if (member.State == VrrpState.Master)
                return true;
        }

        return false;
    }

    private void Announce(VrrpState state) =>
        _actions.Enqueue(new VrrpSyncGroupAction(VrrpSyncGroupActionKind.Synchronizing, state, State, null));

    private void Touch(VrrpRouter member) =>
        _actions.Enqueue(new VrrpSyncGroupAction(VrrpSyncGroupActionKind.DrainMember, member.State, member.State, member));

    private void SetState(VrrpState state)
    {
        if (state == State)
            return;
        _actions.Enqueue(new VrrpSyncGroupAction(VrrpSyncGroupActionKind.StateChanged, state, State, null));
        State = state;
    }
}
