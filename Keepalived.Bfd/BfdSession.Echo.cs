using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

// The echo function: RFC 5880 §6.4, §6.8.5, §6.8.8, §6.8.9.
public sealed partial class BfdSession
{
    private ulong _echoSent;
    private ulong _echoReturned;
    private long _echoSentAt;
    private bool _isFirstEchoDue;
    private int _echoJitter;

    /// <summary>Whether our echo packets run: wanted, session up, and the neighbour returns them.</summary>
    public bool IsEchoActive { get; private set; }

    /// <summary>The interval of our echo packets before jitter, in ns: the longer of ours and what the neighbour allows.</summary>
    public long EchoTransmitInterval => Math.Max(_configured.EchoTx, _remoteMinEchoRx * MonotonicClock.Microsecond);

    private long EchoTransmitDeadline
    {
        get
        {
            if (!IsEchoActive)
                return MonotonicClock.Never;
            return _isFirstEchoDue ? _echoSentAt : _echoSentAt + BfdJitter.Shorten(EchoTransmitInterval, _echoJitter);
        }
    }

    /// <summary>Encodes the packet of a <see cref="BfdActionKind.SendEcho"/> action. Once an action.</summary>
    /// <returns>The length, <see cref="BfdEchoPacket.Size"/>.</returns>
    /// <exception cref="ArgumentException">The action is of another kind, or <paramref name="destination"/> too short.</exception>
    public int WriteEcho(in BfdAction action, Span<byte> destination, long now)
    {
        if (action.Kind != BfdActionKind.SendEcho)
            throw new ArgumentException("Not an echo packet to send.", nameof(action));
        Statistics.EchoPacketsSent++;
        var echo = new BfdEchoPacket { Discriminator = LocalDiscriminator, Sequence = _echoSent, SentAt = now };
        return echo.WriteTo(destination, _echoSecret);
    }

    /// <summary>Takes an echo packet that came back. A discarded one changes nothing but a counter.</summary>
    public BfdDiscardReason HandleEcho(ReadOnlySpan<byte> payload, long now)
    {
        if (!BfdEchoPacket.TryParse(payload, out var echo))
            return Statistics.CountDiscard(BfdDiscardReason.EchoFormat);
        if (!IsEchoActive)
            return Statistics.CountDiscard(BfdDiscardReason.EchoInactive);
        if (echo.Discriminator != LocalDiscriminator || !BfdEchoPacket.HasValidTag(payload, _echoSecret))
            return Statistics.CountDiscard(BfdDiscardReason.EchoForged);
        if (echo.Sequence <= _echoReturned || echo.Sequence > _echoSent)
            return Statistics.CountDiscard(BfdDiscardReason.EchoStale);
        Statistics.EchoPacketsLost += (long)(echo.Sequence - _echoReturned) - 1;
        Statistics.EchoPacketsReceived++;
        Statistics.CountRoundTrip(Math.Max(0, now - echo.SentAt));
        _echoReturned = echo.Sequence;
        return BfdDiscardReason.None;
    }

    private void UpdateEcho(long now)
    {
        var isActive = State == BfdState.Up && _configured.EchoTx > 0 && _remoteMinEchoRx != 0;
        if (isActive && !IsEchoActive)
        {
            _isFirstEchoDue = true;
            _echoSentAt = now;
            _echoReturned = _echoSent;
        }

        IsEchoActive = isActive;
    }

    // Counting packets rather than time means that a driver that slept, and so sent none, cannot take its own silence for the path's.
    private void SendOrFailEcho(long now)
    {
        if (_echoSent - _echoReturned >= (ulong)_options.EchoDetectMultiplier)
        {
            ChangeState(BfdState.Down, BfdDiagnostic.EchoFunctionFailed, now, lateness: now - EchoTransmitDeadline);
            return;
        }

        _isFirstEchoDue = false;
        _echoSentAt = now;
        _echoJitter = BfdJitter.Draw(_random, _options.EchoDetectMultiplier);
        _echoSent++;
        _actions.Enqueue(new BfdAction { Kind = BfdActionKind.SendEcho });
    }
}
