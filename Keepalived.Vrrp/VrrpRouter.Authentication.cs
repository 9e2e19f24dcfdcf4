using System.Buffers.Binary;
using System.Security.Cryptography;
using Keepalived.Netlink;
using Keepalived.Vrrp.Wire;

namespace Keepalived.Vrrp;

/// <summary>Who may say something: passwords and authentication headers of version 2 (RFC 2338), HMAC trailers.</summary>
public sealed partial class VrrpRouter
{
    private const int MulticastMarks = 4;

    /// <summary>
    /// Beyond this number of authentication headers we go on with the last number, which nobody accepts, until the next time that we
    /// become master: the others have forgotten the numbers then, as masters themselves.
    /// </summary>
    private const uint LastSequence = 0xfffffffd;

    private SequenceClock _sequenceClock;
    private ReplayMarks _replayMarks = ReplayMarks.None;
    private ulong _numberSent;
    private ushort _numberedPacket;

    /// <summary>The number of authentication headers, one for sending and receiving: the last one sent or accepted.</summary>
    private uint _sequence;

    /// <summary>The last number accepted.</summary>
    private uint _sequenceHeard;

    private bool _sequenceIsUsedUp;

    /// <summary>The window in seconds, or null if time does not count.</summary>
    private int? _hmacWindow;

    /// <summary>The number of the next authentication header.</summary>
    private uint NextSequence()
    {
        if (!_options.Authentication.IsAuthenticationHeader)
            return 0;
        if (_sequence > LastSequence)
            _sequenceIsUsedUp = true;
        else
            _sequence++;
        return _sequence;
    }

    private void RestartSequence()
    {
        if (!_sequenceIsUsedUp)
            return;
        _sequence = _sequenceHeard = 0;
        _sequenceIsUsedUp = false;
    }

    /// <summary>A master of lower priority has advanced the number: we go on beyond it, so that it accepts our answer.</summary>
    private void SkipSequence()
    {
        if (!_options.Authentication.IsAuthenticationHeader)
            return;
        if (_sequence < uint.MaxValue)
            _sequence++;
        _sequenceIsUsedUp = false;
    }

    /// <summary>The number in the trailer of an advertisement: drawn for its first copy, the same for the others.</summary>
    private ulong NumberOf(in VrrpAction action, long utcNow)
    {
        if (utcNow <= 0)
            throw new ArgumentException("An HMAC trailer needs the time.", nameof(utcNow));
        if (action.PacketId == _numberedPacket)
            return _numberSent;
        _numberedPacket = action.PacketId;
        return _numberSent = _sequenceClock.Next(utcNow, _hmacWindow);
    }

    /// <summary>New options: what is known of the senders stays, or somebody could repeat what they said before.</summary>
    private void AdoptReplayMarks()
    {
        _numberedPacket = 0;
        if (_options.Hmac is not { } hmac)
            return;
        _hmacWindow = hmac.ReplayProtection == VrrpReplayProtection.Time ? hmac.WindowSeconds(_options.AdvertisementInterval) : null;
        var marks = new ReplayMarks(_options.IsUnicast ? _options.Peers.Length : MulticastMarks);
        marks.CopyFrom(_replayMarks, source => !_options.IsUnicast || HasPeer(source));
        _replayMarks = marks;
    }

    /// <summary>The trailer is judged before any field of the message is believed.</summary>
    private VrrpDiscardReason JudgeTrailer(VrrpHmacOptions hmac, in Received received, long utcNow)
    {
        if (utcNow <= 0)
            throw new ArgumentException("An HMAC trailer needs the time.", nameof(utcNow));
        var messageAndTrailer = received.Packet[received.MessageOffset..];
        if (!received.HasTrailer || !HmacTrailer.TryParse(messageAndTrailer[^HmacTrailer.Length..], out var trailer))
            return hmac.Mode == VrrpHmacMode.Enforce ? VrrpDiscardReason.HmacMissing : VrrpDiscardReason.None;
        if (_options.IsUnicast && !HasPeer(received.Source))
            return VrrpDiscardReason.UnknownPeer;
        if (trailer.Type != HmacTrailer.HmacSha256Type || trailer.Reserved != 0)
            return VrrpDiscardReason.HmacMalformed;

        // Before the hash, so that old packets are cheap to drop.
        var clock = SequenceClock.FromTime(utcNow);
        var skew = SequenceClock.SecondsAhead(trailer.Sequence, clock);
        if (_hmacWindow is { } limit && !ReplayMarks.IsWithin(skew, limit))
            return VrrpDiscardReason.HmacStale;
        if (hmac.FindKey(trailer.KeyId) is not { } key)
            return VrrpDiscardReason.HmacUnknownKey;
        Span<byte> tag = stackalloc byte[HmacTrailer.TagLength];
        HmacTrailer.ComputeTag(messageAndTrailer, received.Source, key, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, trailer.Tag))
            return VrrpDiscardReason.HmacInvalid;
        if (!_replayMarks.TryAdvance(received.Source, trailer.Sequence, clock, _hmacWindow))
            return VrrpDiscardReason.HmacReplay;
        if (_hmacWindow is { } window && !ReplayMarks.IsWithin(skew, window / 2))
            Observe(VrrpNotice.ClockSkew, received.Source, skew);
        return VrrpDiscardReason.None;
    }

    private VrrpDiscardReason JudgeVersion2(in Received received)
    {
        var message = received.Advertisement;
        if (message.AuthenticationType > VrrpAuthenticationType.AuthenticationHeader)
            return VrrpDiscardReason.InvalidAuthenticationType;
        if (message.AuthenticationType != _options.Authentication.Type)
            return VrrpDiscardReason.AuthenticationTypeMismatch;
        var verdict = message.AuthenticationType switch
        {
            VrrpAuthenticationType.Pass => JudgePassword(message),
            VrrpAuthenticationType.AuthenticationHeader => JudgeAuthenticationHeader(received),
            _ => VrrpDiscardReason.None,
        };
        if (verdict != VrrpDiscardReason.None)
            return verdict;
        return message.Interval != _ownInterval ? VrrpDiscardReason.AdvertisementInterval : VrrpDiscardReason.None;
    }

    private VrrpDiscardReason JudgePassword(in VrrpAdvertisement message)
    {
        Span<byte> password = stackalloc byte[VrrpAuthentication.DataLength];
        BinaryPrimitives.WriteUInt64BigEndian(password, _options.Authentication.FieldValue);
        return CryptographicOperations.FixedTimeEquals(message.AuthenticationData, password)
            ? VrrpDiscardReason.None
            : VrrpDiscardReason.AuthenticationFailure;
    }

    private VrrpDiscardReason JudgeAuthenticationHeader(in Received received)
    {
        var packet = received.Packet[..(received.MessageOffset + received.Advertisement.Bytes.Length)];
        if (!AuthenticationHeader.TryParse(packet[received.HeaderLength..], out var header)
            || header.NextHeader != VrrpAdvertisement.Protocol)
        {
            return VrrpDiscardReason.Protocol;
        }

        Span<byte> value = stackalloc byte[AuthenticationHeader.CheckValueLength];
        AuthenticationHeader.ComputeCheckValue(packet, received.HeaderLength, _options.Authentication, _options.IsUnicast, value);
        if (!CryptographicOperations.FixedTimeEquals(value, header.CheckValue))
            return VrrpDiscardReason.AuthenticationFailure;
        if (InetAddress.FromIPv4(header.SecurityParametersIndex) != received.Source)
            return VrrpDiscardReason.AuthenticationFailure;
        if (!IsNewSequence(header.SequenceNumber, received.Source))
            return VrrpDiscardReason.AuthenticationReplay;
        _sequence = _sequenceHeard = header.SequenceNumber;
        if (State == VrrpState.Backup)
            _sequenceIsUsedUp = false;
        return VrrpDiscardReason.None;
    }

    /// <summary>
    /// Whether nobody used the number yet, except that two masters whose adverts cross use the same one: would each refuse the other's, and
    /// go on counting in step, they stayed masters side by side.
    /// </summary>
    private bool IsNewSequence(uint number, InetAddress source) =>
        number > _sequence || (number == _sequence && number != _sequenceHeard && source != SourceAddress);
}
