namespace Keepalived.Vrrp;

/// <summary>
/// The verdict on a received datagram: <see cref="None"/> is accepted, all others discard it without any effect on state or timers. Each
/// has a counter, <see cref="VrrpStatistics.Discarded"/>.
/// </summary>
public enum VrrpDiscardReason
{
    /// <summary>Accepted.</summary>
    None = 0,

    /// <summary>The startup delay has not ended.</summary>
    StartupDelay,

    /// <summary>The datagram was longer than the receive buffer and is cut.</summary>
    Truncated,

    /// <summary>Too short for the headers.</summary>
    TooShort,

    /// <summary>IPv4: neither protocol 112 nor 51, or a fragment.</summary>
    Protocol,

    /// <summary>Another virtual router identifier than this router's.</summary>
    VirtualRouterId,

    /// <summary>The router is in <see cref="VrrpState.Initialize"/> or <see cref="VrrpState.Fault"/>.</summary>
    NotActive,

    /// <summary>IPv6: a multicast datagram at a unicast router, or the other way round.</summary>
    DestinationKind,

    /// <summary>The length does not fit version and address count (RFC 9568 section 7.1).</summary>
    PacketLength,

    /// <summary>A multicast datagram whose TTL or hop limit is not 255 (RFC 9568 section 5.1.1.3, 5.1.2.3).</summary>
    HopLimit,

    /// <summary>Another version than the configured one.</summary>
    Version,

    /// <summary>Version 2: an authentication type that does not exist.</summary>
    InvalidAuthenticationType,

    /// <summary>
    /// Version 2: another authentication type than the configured one, or an authentication header where none is expected.
    /// </summary>
    AuthenticationTypeMismatch,

    /// <summary>
    /// Version 2: the password is wrong; or the authentication header's check value is, or its index is not the source address.
    /// </summary>
    AuthenticationFailure,

    /// <summary>
    /// Version 2: another interval than the configured one; version 3: interval zero (RFC 9568 section 7.1, erratum 8301).
    /// </summary>
    AdvertisementInterval,

    /// <summary>Not an ADVERTISEMENT (RFC 9568 section 5.2.2).</summary>
    Type,

    /// <summary>The checksum is wrong.</summary>
    Checksum,

    /// <summary>IPv4: a multicast datagram at a unicast router, or the other way round.</summary>
    Destination,

    /// <summary>The owner of the addresses was told to ignore adverts (owner_ignore_adverts).</summary>
    IgnoredByOwner,

    /// <summary>No address is advertised (RFC 9568 section 5.2.5, erratum 8299).</summary>
    NoAddresses,

    /// <summary>The addresses differ from ours and the options say to discard that (RFC 3768 section 7.1).</summary>
    AddressList,

    /// <summary>Unicast: the sender is not one of the peers.</summary>
    UnknownPeer,

    /// <summary>Unicast: the TTL or hop limit is outside the peer's range.</summary>
    PeerHopLimit,

    /// <summary>The authentication header is genuine, but not newer than the last one: it may be a recording.</summary>
    AuthenticationReplay,

    /// <summary>There is no HMAC trailer, and one is required.</summary>
    HmacMissing,

    /// <summary>The HMAC trailer is of an unknown type, or its reserved field is not zero.</summary>
    HmacMalformed,

    /// <summary>The HMAC trailer was made with a key whose number we do not have.</summary>
    HmacUnknownKey,

    /// <summary>The HMAC is wrong: another key, or somebody changed the advert.</summary>
    HmacInvalid,

    /// <summary>The time in the HMAC trailer is too far from ours.</summary>
    HmacStale,

    /// <summary>The HMAC trailer is genuine, but not newer than the sender's last one: it may be a recording.</summary>
    HmacReplay,
}
