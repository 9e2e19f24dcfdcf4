using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp;

/// <summary>The router as member of a sync group. <see cref="VrrpSyncGroup"/> says who follows whom.</summary>
public sealed partial class VrrpRouter
{
    /// <summary>The sync group; <see langword="null"/> if it is in none. Set by <see cref="VrrpSyncGroup.SetMembers"/>.</summary>
    public VrrpSyncGroup? SyncGroup { get; internal set; }

    /// <summary>The state that the router would like to be in if it were alone.</summary>
    public VrrpState WantedState { get; private set; }

    /// <summary>Whether it takes its addresses at once, as their owner. In a group only if all own theirs.</summary>
    internal bool StartsAsMaster => _wantsMaster && SyncGroup is not { IsMixed: true };

    /// <summary>Whether the configuration would like it to be master from the start.</summary>
    private bool PrefersMaster => (_wantsMaster || _options.InitialState == VrrpState.Master) && SyncGroup is not { IsMixed: true };

    /// <summary>All others want to be master: so becomes this one. False if nothing changes.</summary>
    internal bool SynchronizeToMaster(long now)
    {
        if (State is VrrpState.Master or VrrpState.Initialize)
            return false;
        WantedState = VrrpState.Master;
        EnterMaster(VrrpStateReason.Synchronized, now);
        return true;
    }

    /// <summary>Another one went to backup. False if nothing changes.</summary>
    internal bool SynchronizeToBackup(bool isLoss, long now)
    {
        if (State == VrrpState.Master)
        {
            LeaveMaster(VrrpState.Backup, VrrpStateReason.Synchronized, resign: isLoss, now);
            if (isLoss)
                Arm(SkewTime, now);
            else
                WantedState = VrrpState.Backup;
            return true;
        }

        if (State != VrrpState.Fault || _faults.Length > 0)
            return false;
        Recover(VrrpStateReason.Synchronized, now);
        return true;
    }

    /// <summary>Another one has a fault. False if nothing changes.</summary>
    internal bool SynchronizeToFault(long now)
    {
        if (State is not (VrrpState.Master or VrrpState.Backup))
            return false;
        LeaveToFault(_faults.Length > 0 ? VrrpStateReason.Fault : VrrpStateReason.Synchronized, now);
        return true;
    }

    /// <summary>It is in no group any more: what only the group held in fault goes on.</summary>
    internal void LeaveGroup(long now)
    {
        if (State == VrrpState.Fault && _faults.Length == 0)
            Recover(VrrpStateReason.FaultCleared, now);
    }

    private void LeaveToFault(VrrpStateReason reason, long now)
    {
        if (State == VrrpState.Master)
        {
            LeaveMaster(VrrpState.Fault, reason, resign: true, now);
            return;
        }

        _timer = Never;
        SetState(VrrpState.Fault, reason, now);
    }

    /// <summary>Out of fault, to backup; an owner follows at the next timeout.</summary>
    private void Recover(VrrpStateReason reason, long now)
    {
        ForgetMaster();
        WantedState = StartsAsMaster ? VrrpState.Master : VrrpState.Backup;
        SetState(VrrpState.Backup, reason, now);
        Arm(StartsAsMaster ? MonotonicClock.Microsecond : MasterDownInterval, now);
    }

    private void ForgetMaster()
    {
        MasterInterval = _ownInterval;
        MasterAddress = default;
        MasterPriority = 0;
        StopPreemptDelay();
    }
}
