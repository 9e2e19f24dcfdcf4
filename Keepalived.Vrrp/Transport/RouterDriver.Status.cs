using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Transport;

internal sealed partial class RouterDriver
{
    /// <summary>How things stand now.</summary>
    public VirtualRouterStatus GetStatus()
    {
        var (now, utcNow) = (MonotonicClock.Now, Context.Loop.TimeProvider.GetUtcNow());
        var advertised = Options.Addresses.AsSpan().Length;
        var isStarted = Router.State != VrrpState.Initialize;
        return new VirtualRouterStatus
        {
            State = Router.State,
            WantedState = Router.WantedState,
            Priority = Router.EffectivePriority,
            TotalPriority = Router.TotalPriority,
            SourceAddress = Router.SourceAddress,
            MasterAddress = Router.MasterAddress,
            MasterPriority = Router.MasterPriority,
            MasterInterval = ToTimeSpan(Router.MasterInterval),
            MasterDownInterval = ToTimeSpan(Router.MasterDownInterval),
            LastTransition = isStarted ? utcNow - ToTimeSpan(now - Router.LastTransition) : null,
            TimerDue = Router.NextDeadline == MonotonicClock.Never ? null : utcNow + ToTimeSpan(Router.NextDeadline - now),
            Faults = [.. Router.Faults.Select(static fault => fault.Reason)],
            PendingTrackers = _trackers.PendingCount,
            SyncGroup = Group?.Face.Name,
            Addresses =
            [
                .. Kept.Wanted.OfType<KeptAddress>().Select((address, index) =>
                    new VirtualAddressStatus(address.Address, address.Device, index >= advertised, address.IsSet)),
            ],
        };
    }

    private static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
