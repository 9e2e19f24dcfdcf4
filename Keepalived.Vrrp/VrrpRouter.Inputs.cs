using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

public sealed partial class VrrpRouter
{
    /// <summary>
    /// Sets the sum of base priority and weights; the effective priority is that sum within 1-254. Without effect on an owner.
    /// </summary>
    public void SetPriority(int total, long now)
    {
        _totalPriority = total;
        if (!_options.IsOwner)
            SetEffectivePriority((byte)Math.Clamp(total, 1, 254), now);
    }

    /// <summary>Sets or clears a fault. The first one set leads to <see cref="VrrpState.Fault"/>, the last one cleared out of it.</summary>
    public void SetFault(VrrpFault fault, bool active, long now)
    {
        var known = _faults.Contains(fault);
        if (active && !known)
        {
            _faults = [.. _faults, fault];
            if (_faults.Length == 1)
                EnterFault(now);
        }
        else if (!active && known)
        {
            _faults = [.. _faults.Where(other => other != fault)];
            if (_faults.Length == 0 && State == VrrpState.Fault)
                LeaveFault(now);
        }
    }

    /// <summary>
    /// The source address changed. <see cref="InetAddress.None"/> is a fault (<see cref="VrrpFaultReason.NoSourceAddress"/>), cleared by
    /// an address.
    /// </summary>
    /// <exception cref="ArgumentException">The address is of another family.</exception>
    public void SetSourceAddress(InetAddress address, long now)
    {
        if (!address.IsNone && address.Family != _options.Family)
            throw new ArgumentException("The source address is not of the router's family.", nameof(address));
        SourceAddress = address;
        if (!address.IsNone)
            _packetSource = address;
        SetFault(new VrrpFault(VrrpFaultReason.NoSourceAddress), address.IsNone, now);
    }

    /// <summary>
    /// Somebody else removed an address, route or rule that this master had configured: to backup, with priority 0, and back after the skew
    /// time. Without effect in other states.
    /// </summary>
    public void HandleAddressLost(long now)
    {
        if (State != VrrpState.Master)
            return;
        LeaveMaster(VrrpState.Backup, VrrpStateReason.AddressLost, resign: true, now);
        Arm(SkewTime, now);
        SyncGroup?.FollowToBackup(this, isLoss: true, now);
    }

    /// <summary>Replaces a startup delay that still runs; an end in the past lets the router go at once.</summary>
    public void SetStartupDelay(long notBefore, long now)
    {
        if (now >= _notBefore)
            return;
        var shift = Math.Max(notBefore, now) - _notBefore;
        _notBefore = notBefore;
        if (_timer != Never)
            _timer += shift;
    }

    /// <summary>
    /// Goes on with new options: a master stays master and advertises at once, a backup waits a master down interval. State, statistics
    /// and packet identification are kept, in version 3 also the interval of the master that is followed; the preempt delay and rate limits
    /// are not.
    /// </summary>
    /// <param name="options">The new options. Without a source address the present one is kept.</param>
    /// <param name="addressesAdded">Whether addresses were added, also such as are not in the packet: a master announces then.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid, or VRID, family or kind (unicast, multicast) differ: that is another router.
    /// </exception>
    public void Reconfigure(VrrpRouterOptions options, bool addressesAdded, long now)
    {
        ArgumentNullException.ThrowIfNull(options);
        if ((options.VirtualRouterId, options.Family, options.IsUnicast) != (_options.VirtualRouterId, _options.Family, _options.IsUnicast))
            throw new ArgumentException("VRID, family and kind of a virtual router cannot change.", nameof(options));
        var weights = _totalPriority - _options.Priority;
        var learned = MasterInterval;
        _template = new VrrpAdvertisementTemplate(options);
        Adopt(options);
        // By its own shorter interval a backup would take the time between two adverts of a slow master for its end.
        if (State == VrrpState.Backup && options.Version == VrrpVersion.V3 && !MasterAddress.IsNone)
            MasterInterval = learned;
        StopPreemptDelay();
        CancelOwnerConflict();
        ClearNoticeClasses();
        _totalPriority = options.Priority + weights;
        SetEffectivePriority(options.IsOwner ? (byte)255 : (byte)Math.Clamp(_totalPriority, 1, 254), now);
        if (State == VrrpState.Master)
        {
            Send(EffectivePriority, VrrpAdvertisementReason.Reconfigured, now);
            Arm(_ownInterval, now);
            _actions.Enqueue(VrrpAction.ConfigureAddresses());
            RescheduleAnnouncements(addressesAdded, now);
        }
        else if (State == VrrpState.Backup)
        {
            Arm(MasterDownInterval, now);
        }

        SetFault(new VrrpFault(VrrpFaultReason.NoSourceAddress), SourceAddress.IsNone, now);
    }

    /// <summary>A change of priority moves a running master down timer by what the skew time changes.</summary>
    private void SetEffectivePriority(byte priority, long now)
    {
        if (priority == EffectivePriority)
            return;
        var before = SkewTime;
        _actions.Enqueue(VrrpAction.PriorityChanged(EffectivePriority, priority));
        EffectivePriority = priority;
        if (State == VrrpState.Backup && _timer != Never)
            _timer = Math.Max(now, _timer + SkewTime - before);
    }

    private void EnterFault(long now)
    {
        WantedState = VrrpState.Fault;
        if (State is VrrpState.Master or VrrpState.Backup)
            LeaveToFault(VrrpStateReason.Fault, now);
        if (State == VrrpState.Fault)
            SyncGroup?.FollowToFault(this, now);
    }

    private void LeaveFault(long now)
    {
        WantedState = StartsAsMaster ? VrrpState.Master : VrrpState.Backup;
        if (SyncGroup is { HasFault: true })
            return;
        if (StartsAsMaster && now >= _notBefore && SyncGroup?.Allows(this) != false)
        {
            ForgetMaster();
            EnterMaster(VrrpStateReason.FaultCleared, now);
        }
        else
        {
            Recover(VrrpStateReason.FaultCleared, now);
        }

        if (_options.IsUnicast && now >= _notBefore)
            _actions.Enqueue(VrrpAction.AnnounceSource());
        if (State == VrrpState.Master)
            SyncGroup?.FollowToMaster(this, now);
        else
            SyncGroup?.FollowToBackup(this, isLoss: false, now);
    }
}
