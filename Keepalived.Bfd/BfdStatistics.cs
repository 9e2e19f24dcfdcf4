using Keepalived.Bfd.Wire;

namespace Keepalived.Bfd;

/// <summary>
/// What a session counted since it was made. Written by the session's thread; a reader on another sees each number whole, but not all of
/// one moment.
/// </summary>
public sealed class BfdStatistics
{
    private readonly long[] _discarded = new long[(int)BfdDiscardReason.EchoStale + 1];

    /// <summary>Control packets encoded for sending.</summary>
    public long ControlPacketsSent { get; internal set; }

    /// <summary>Control packets received and taken.</summary>
    public long ControlPacketsReceived { get; internal set; }

    /// <summary>Packets discarded, for whatever reason.</summary>
    public long PacketsDiscarded { get; private set; }

    /// <summary>Poll sequences begun.</summary>
    public long PollSequences { get; internal set; }

    /// <summary>Poll sequences that the neighbour answered.</summary>
    public long PollSequencesAnswered { get; internal set; }

    /// <summary>Times the session came up.</summary>
    public long TimesUp { get; internal set; }

    /// <summary>Times the session left the state up.</summary>
    public long TimesDown { get; internal set; }

    /// <summary>Times the detection time expired while Init or Up.</summary>
    public long DetectionsExpired { get; internal set; }

    /// <summary>Echo packets sent.</summary>
    public long EchoPacketsSent { get; internal set; }

    /// <summary>Echo packets that came back in time.</summary>
    public long EchoPacketsReceived { get; internal set; }

    /// <summary>Echo packets that a later one overtook.</summary>
    public long EchoPacketsLost { get; internal set; }

    /// <summary>The last round-trip time of an echo packet in ns; -1 before the first.</summary>
    public long RoundTripTime { get; internal set; } = -1;

    /// <summary>The shortest round-trip time of an echo packet in ns; -1 before the first.</summary>
    public long MinimumRoundTripTime { get; internal set; } = -1;

    /// <summary>The longest round-trip time of an echo packet in ns; -1 before the first.</summary>
    public long MaximumRoundTripTime { get; internal set; } = -1;

    /// <summary>How late the driver was for the last periodic packet, in ns.</summary>
    public long TransmitLateness { get; internal set; }

    /// <summary>How late the driver was at most for a periodic packet, in ns.</summary>
    public long MaximumTransmitLateness { get; internal set; }

    /// <summary>
    /// Of <see cref="TransmitLateness"/>, how much the machine is to blame for, which let our thread run late; the rest are our own
    /// callbacks, which were still running. In ns.
    /// </summary>
    public long WakeLateness { get; internal set; }

    /// <summary>
    /// Periodic packets that used up some of the neighbour's patience: more than a quarter of an interval later than agreed.
    /// </summary>
    public long LatePackets { get; internal set; }

    /// <summary>Of <see cref="LatePackets"/>, those that the machine is mostly to blame for.</summary>
    public long LatePacketsByMachine { get; internal set; }

    /// <summary>
    /// How often a neighbour's time was up while we slept, so that it got a little more before it was declared silent.
    /// </summary>
    public long StallsForgiven { get; internal set; }

    /// <summary>How late the driver was when a detection time last expired, in ns.</summary>
    public long DetectionLateness { get; internal set; }

    /// <summary>When the session last came up, in ns of the caller's clock; -1 if never.</summary>
    public long LastUp { get; internal set; } = -1;

    /// <summary>When the session last left the state up, in ns of the caller's clock; -1 if never.</summary>
    public long LastDown { get; internal set; } = -1;

    /// <summary>When the last packet that was taken came in, in ns of the caller's clock; -1 if none did.</summary>
    public long LastReceived { get; internal set; } = -1;

    /// <summary>Packets discarded for one reason.</summary>
    public long Discarded(BfdDiscardReason reason) => (uint)reason < (uint)_discarded.Length ? _discarded[(int)reason] : 0;

    internal BfdDiscardReason CountDiscard(BfdDiscardReason reason)
    {
        _discarded[(int)reason]++;
        PacketsDiscarded++;
        return reason;
    }

    internal void CountRoundTrip(long time)
    {
        RoundTripTime = time;
        MinimumRoundTripTime = MinimumRoundTripTime < 0 ? time : Math.Min(MinimumRoundTripTime, time);
        MaximumRoundTripTime = Math.Max(MaximumRoundTripTime, time);
    }

    /// <summary>Counts a change of state, and when it was.</summary>
    internal void CountChange(BfdState from, BfdState to, long now)
    {
        if (to == BfdState.Up)
        {
            TimesUp++;
            LastUp = now;
        }
        else if (from == BfdState.Up)
        {
            TimesDown++;
            LastDown = now;
        }
    }
}
