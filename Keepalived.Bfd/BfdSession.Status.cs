using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

// How the session stands, for people.
public sealed partial class BfdSession
{
    /// <summary>The variables of the session; times of day are left to whoever knows them.</summary>
    internal BfdNeighborStatus GetStatus() => new()
    {
        State = State,
        Diagnostic = Diagnostic,
        RemoteState = RemoteState,
        RemoteDiagnostic = RemoteDiagnostic,
        LocalDiscriminator = LocalDiscriminator,
        RemoteDiscriminator = RemoteDiscriminator,
        IsPolling = IsPolling,
        IsDemandActive = IsDemandActive,
        IsRemoteDemand = IsRemoteDemand,
        IsEchoActive = IsEchoActive,
        TransmitInterval = MonotonicClock.ToTimeSpan(TransmitInterval),
        RemoteTransmitInterval =
            MonotonicClock.ToTimeSpan(_remoteMultiplier == 0 ? 0 : Math.Max(_effectiveRequiredMinRx, _remoteDesiredMinTx)),
        DetectionTime = MonotonicClock.ToTimeSpan(DetectionTime),
        RemoteDetectionTime = MonotonicClock.ToTimeSpan(_options.DetectMultiplier * TransmitInterval),
        RemoteDesiredMinTxInterval = MonotonicClock.ToTimeSpan(_remoteDesiredMinTx),
        RemoteRequiredMinRxInterval = MonotonicClock.ToTimeSpan(_remoteMinRx),
        RemoteRequiredMinEchoRxInterval = MonotonicClock.ToTimeSpan(_remoteMinEchoRx * MonotonicClock.Microsecond),
        RemoteDetectMultiplier = _remoteMultiplier,
    };
}
