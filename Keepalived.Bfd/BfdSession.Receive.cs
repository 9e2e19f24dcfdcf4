using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

// Reception of control packets: RFC 5880 §6.8.6, authentication §6.7.
public sealed partial class BfdSession
{
    // The remote variables start as RFC 5880 §6.8.1 says; the smallest receive interval is 1 µs.
    private long _remoteMinRx = MonotonicClock.Microsecond;
    private long _remoteDesiredMinTx;
    private uint _remoteMinEchoRx;
    private byte _remoteMultiplier;
    private long _detectionBase;
    private bool _isSequenceKnown;
    private uint _receivedSequence;

    /// <summary>
    /// Takes a packet that <see cref="BfdSessionTable"/> found to be of this session. A discarded one changes nothing but a counter; the
    /// exception is <see cref="BfdDiscardReason.AdminDown"/>, which by RFC 5880 §6.8.6 comes after the neighbour's variables were taken
    /// over.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="hopLimit">Its TTL or hop limit; -1 if unknown.</param>
    /// <param name="now">The time in ns.</param>
    public BfdDiscardReason HandlePacket(in BfdControlPacket packet, int hopLimit, long now)
    {
        var reason = Admit(packet, hopLimit, now);
        if (reason != BfdDiscardReason.None)
            return Statistics.CountDiscard(reason);

        Remember(packet, now);
        if (!packet.IsFinal)
            _isPollSeparated = true;
        else if (IsPolling && _isPollSent)
            EndPoll(now);
        if (State == BfdState.AdminDown)
        {
            Settle(now);
            return Statistics.CountDiscard(BfdDiscardReason.AdminDown);
        }

        Statistics.ControlPacketsReceived++;
        Transition(packet.State, now);
        if (packet.IsPoll)
        {
            // The answer tells of a changed state as well: no second packet for that.
            _announceNow = false;
            _actions.Enqueue(new BfdAction { Kind = BfdActionKind.SendControl, IsFinal = true });
        }

        Settle(now);
        return BfdDiscardReason.None;
    }

    private BfdDiscardReason Admit(in BfdControlPacket packet, int hopLimit, long now)
    {
        if (packet.YourDiscriminator != 0 && packet.YourDiscriminator != LocalDiscriminator)
            return BfdDiscardReason.UnknownDiscriminator;
        var minimum = _options.MinimumHopLimit ?? Path.DefaultMinimumHopLimit;
        if (minimum > 0 && hopLimit < minimum)
            return BfdDiscardReason.HopLimit;
        return Authenticate(packet, now);
    }

    private BfdDiscardReason Authenticate(in BfdControlPacket packet, long now)
    {
        if (_options.Authentication is not { } keys)
            return packet.IsAuthenticated ? BfdDiscardReason.AuthenticationUnexpected : BfdDiscardReason.None;
        if (!packet.IsAuthenticated)
            return BfdDiscardReason.AuthenticationMissing;
        if (!packet.TryGetAuthentication(out var section))
            return BfdDiscardReason.AuthenticationLength;
        if (keys.Find(section.KeyId) is not { } key)
            return BfdDiscardReason.AuthenticationKeyId;
        if (section.Type != key.Type)
            return BfdDiscardReason.AuthenticationType;
        if (!section.IsWellFormed)
            return BfdDiscardReason.AuthenticationLength;
        if (!key.IsKeyed)
            return key.Verify(packet);

        // The window first, as in the RFC: it is cheaper than a digest. It moves only once the digest has proved right.
        if (IsSequenceKnown(now)
            && !BfdSequenceWindow.Contains(_receivedSequence, section.Sequence, packet.DetectMultiplier, key.IsMeticulous))
            return BfdDiscardReason.AuthenticationSequence;
        var reason = key.Verify(packet);
        if (reason == BfdDiscardReason.None)
            (_isSequenceKnown, _receivedSequence) = (true, section.Sequence);
        return reason;
    }

    // bfd.AuthSeqKnown: forgotten after two detection times of silence (RFC 5880 §6.8.1), or a restarted neighbour could never return.
    // In demand mode silence is no sign of that.
    private bool IsSequenceKnown(long now) =>
        _isSequenceKnown && (IsDemandActive || now - Statistics.LastReceived < 2 * AsynchronousDetectionTime);

    private void Remember(in BfdControlPacket packet, long now)
    {
        RemoteDiscriminator = packet.MyDiscriminator;
        RemoteState = packet.State;
        RemoteDiagnostic = packet.Diagnostic;
        IsRemoteDemand = packet.IsDemand;
        _remoteMinRx = packet.RequiredMinRxInterval * MonotonicClock.Microsecond;
        _remoteDesiredMinTx = packet.DesiredMinTxInterval * MonotonicClock.Microsecond;
        _remoteMinEchoRx = packet.RequiredMinEchoRxInterval;
        _remoteMultiplier = packet.DetectMultiplier;
        _detectionBase = now;
        _forgivenUntil = 0;
        Statistics.LastReceived = now;
    }

    // RFC 5880 §6.2 and the end of §6.8.6.
    private void Transition(BfdState received, long now)
    {
        switch (State, received)
        {
            case (BfdState.Init or BfdState.Up, BfdState.AdminDown):
                ChangeState(BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown, now, isAdministrative: true);
                break;
            case (BfdState.Down, BfdState.Down):
                ChangeState(BfdState.Init, BfdDiagnostic.None, now);
                break;
            case (BfdState.Down, BfdState.Init):
            case (BfdState.Init, BfdState.Init or BfdState.Up):
                ChangeState(BfdState.Up, BfdDiagnostic.None, now);
                break;
            case (BfdState.Up, BfdState.Down):
                ChangeState(BfdState.Down, BfdDiagnostic.NeighborSignaledSessionDown, now);
                break;
        }
    }

    // A detection time without a packet: bfd.RemoteDiscr becomes zero (RFC 5880 §6.8.1). A neighbour that wanted no packets may be gone
    // for good, and two silent sides would wait for each other, so that wish is forgotten too; a rate it asked for is kept.
    private void ForgetRemote()
    {
        RemoteDiscriminator = 0;
        RemoteState = BfdState.Down;
        IsRemoteDemand = false;
        _remoteMinEchoRx = 0;
        if (_remoteMinRx == 0)
            _remoteMinRx = MonotonicClock.Microsecond;
    }
}
