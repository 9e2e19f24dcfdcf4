namespace Keepalived.Bfd.Wire;

/// <summary>
/// Why a received packet was discarded, in the order of the checks (RFC 5880 §6.8.6, then RFC 5881 §5 and RFC 5880 §6.7; the last ones are
/// for echo packets). One counter each in <see cref="BfdStatistics"/>.
/// </summary>
public enum BfdDiscardReason : byte
{
    /// <summary>Not discarded.</summary>
    None = 0,

    /// <summary>The datagram is shorter than the 24 bytes of a header.</summary>
    Truncated,

    /// <summary>The version is not 1.</summary>
    Version,

    /// <summary>The length field is below 24, or below 26 with the authentication flag.</summary>
    LengthTooSmall,

    /// <summary>The length field is beyond the datagram. The opposite, bytes after the packet, is no error.</summary>
    LengthBeyondDatagram,

    /// <summary>The detection multiplier is zero.</summary>
    MultiplierZero,

    /// <summary>The multipoint flag is set.</summary>
    Multipoint,

    /// <summary>Poll and final are both set, which no sender may do (RFC 5880 §6.5).</summary>
    PollAndFinal,

    /// <summary>My discriminator is zero.</summary>
    MyDiscriminatorZero,

    /// <summary>Your discriminator is zero although the sender's state is Init or Up.</summary>
    YourDiscriminatorZero,

    /// <summary>Your discriminator is not that of a session here.</summary>
    UnknownDiscriminator,

    /// <summary>Your discriminator is zero and no session has this neighbour.</summary>
    UnknownNeighbor,

    /// <summary>The TTL or hop limit is below what the session accepts, or unknown (RFC 5881 §5, RFC 5082).</summary>
    HopLimit,

    /// <summary>The packet is authenticated, the session is not.</summary>
    AuthenticationUnexpected,

    /// <summary>The session is authenticated, the packet is not.</summary>
    AuthenticationMissing,

    /// <summary>The authentication section does not fit in the packet, or has not the length of its type.</summary>
    AuthenticationLength,

    /// <summary>No key has this id.</summary>
    AuthenticationKeyId,

    /// <summary>The key with this id is of another type.</summary>
    AuthenticationType,

    /// <summary>The sequence number is outside the window: a replay, or a sender that restarted.</summary>
    AuthenticationSequence,

    /// <summary>The password or the digest is wrong.</summary>
    AuthenticationFailed,

    /// <summary>The session is administratively down; the sender's variables were taken over (RFC 5880 §6.8.6), nothing else.</summary>
    AdminDown,

    /// <summary>An echo packet that is none of ours: wrong length or mark.</summary>
    EchoFormat,

    /// <summary>An echo packet of a session that sends none now.</summary>
    EchoInactive,

    /// <summary>An echo packet whose tag is wrong: forged, damaged, or from before a restart.</summary>
    EchoForged,

    /// <summary>An echo packet that came back before, or later than a newer one.</summary>
    EchoStale,
}
