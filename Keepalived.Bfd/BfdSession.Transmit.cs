using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

// Transmission of control packets: RFC 5880 §6.8.7.
public sealed partial class BfdSession
{
    private long _lastTransmit;
    private bool _isFirstTransmitDue;
    private int _jitter;
    private uint _sendSequence;
    private BfdControlHeader _lastWritten;

    /// <summary>The most that <see cref="WriteControl"/> writes, in bytes.</summary>
    public static int MaxControlSize => BfdControlPacket.MaxSize;

    // A passive session is silent until it hears its neighbour.
    private bool MayTransmit => _options.Role == BfdRole.Active || RemoteDiscriminator != 0;

    private bool IsPeriodic => MayTransmit && _remoteMinRx != 0 && (IsPolling || !IsRemoteDemandActive);

    private long TransmitDeadline
    {
        get
        {
            if (!IsPeriodic)
                return MonotonicClock.Never;
            if (_isFirstTransmitDue)
                return _lastTransmit;
            return AlignsTransmissions
                ? BfdJitter.Align(_lastTransmit, TransmitInterval, _jitter, _options.DetectMultiplier)
                : _lastTransmit + BfdJitter.Shorten(TransmitInterval, _jitter);
        }
    }

    /// <summary>When the next periodic packet is due.</summary>
    internal long NextTransmit => TransmitDeadline;

    /// <summary>
    /// Whether periodic packets leave at common points of time, within the jitter, so that a driver of many sessions sends them together.
    /// </summary>
    internal bool AlignsTransmissions { get; init; }

    /// <summary>
    /// Encodes the packet of a <see cref="BfdActionKind.SendControl"/> action, signed if the session is authenticated. Once an action:
    /// sequence numbers advance.
    /// </summary>
    /// <returns>The length: 24 bytes, or more with authentication.</returns>
    /// <exception cref="ArgumentException">
    /// The action is of another kind, or <paramref name="destination"/> shorter than <see cref="MaxControlSize"/>.
    /// </exception>
    public int WriteControl(in BfdAction action, Span<byte> destination)
    {
        if (action.Kind != BfdActionKind.SendControl)
            throw new ArgumentException("Not a control packet to send.", nameof(action));
        if (destination.Length < MaxControlSize)
            throw new ArgumentException($"A control packet may need {MaxControlSize} bytes.", nameof(destination));

        var header = Compose();
        if (action.IsFinal)
            header = header with { Flags = header.Flags | BfdFlags.Final };
        else if (IsPolling)
            header = header with { Flags = header.Flags | BfdFlags.Poll };
        var length = header.WriteTo(destination);
        Statistics.ControlPacketsSent++;
        if (_options.Authentication is not { SigningKey: var key })
            return length;

        // RFC 5880 §6.7.3: with each packet if meticulous, otherwise when the contents change.
        if (key.IsMeticulous || header != _lastWritten)
            _sendSequence = unchecked(_sendSequence + 1);
        _lastWritten = header;
        return key.Sign(destination, _sendSequence);
    }

    // The contents without poll and final.
    private BfdControlHeader Compose() => new()
    {
        State = State,
        Diagnostic = Diagnostic,
        Flags = (_options.IsControlPlaneIndependent ? BfdFlags.ControlPlaneIndependent : BfdFlags.None)
            | (IsDemandActive ? BfdFlags.Demand : BfdFlags.None),
        DetectMultiplier = (byte)_options.DetectMultiplier,
        MyDiscriminator = LocalDiscriminator,
        YourDiscriminator = RemoteDiscriminator,
        DesiredMinTxInterval = (uint)(_desiredMinTx / MonotonicClock.Microsecond),
        RequiredMinRxInterval = (uint)(_requiredMinRx / MonotonicClock.Microsecond),
        RequiredMinEchoRxInterval = (uint)(_configured.RequiredMinEchoRx / MonotonicClock.Microsecond),
    };

    private void SendPeriodic(long now)
    {
        Statistics.TransmitLateness = now - TransmitDeadline;
        Statistics.MaximumTransmitLateness = Math.Max(Statistics.MaximumTransmitLateness, Statistics.TransmitLateness);
        if (!_isFirstTransmitDue && now - _lastTransmit > TransmitInterval + (TransmitInterval / 4))
            Statistics.LatePackets++;
        QueueControl(now);
    }

    private void QueueControl(long now)
    {
        _isFirstTransmitDue = false;
        _lastTransmit = now;
        _jitter = BfdJitter.Draw(_random, _options.DetectMultiplier);
        if (IsPolling && !_isPollSent)
        {
            _isPollSent = true;
            _pollSentAt = now;
            _polled = Compose();
        }

        _actions.Enqueue(new BfdAction { Kind = BfdActionKind.SendControl });
    }
}
