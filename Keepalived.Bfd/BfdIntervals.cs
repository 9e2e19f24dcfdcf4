using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

/// <summary>The intervals of <see cref="BfdSessionOptions"/> in nanoseconds, converted once.</summary>
internal readonly struct BfdIntervals(BfdSessionOptions options)
{
    public readonly long DesiredMinTx = MonotonicClock.FromTimeSpan(options.DesiredMinTxInterval);
    public readonly long RequiredMinRx = MonotonicClock.FromTimeSpan(options.RequiredMinRxInterval);
    public readonly long SlowTx = MonotonicClock.FromTimeSpan(options.SlowTxInterval);
    public readonly long RequiredMinEchoRx = MonotonicClock.FromTimeSpan(options.RequiredMinEchoRxInterval);
    public readonly long EchoTx = MonotonicClock.FromTimeSpan(options.EchoTxInterval);
    public readonly long RequiredMinRxWithEcho = MonotonicClock.FromTimeSpan(options.RequiredMinRxIntervalWithEcho);
    public readonly long DemandPoll = MonotonicClock.FromTimeSpan(options.DemandPollInterval);
}
