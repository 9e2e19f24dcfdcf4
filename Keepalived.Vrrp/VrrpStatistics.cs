namespace Keepalived.Vrrp;

/// <summary>
/// The counters of a virtual router since it was created; they survive <see cref="VrrpRouter.Reconfigure"/>. Written by the router's
/// thread; reading from another thread gives each counter's recent value.
/// </summary>
public sealed class VrrpStatistics
{
    private const VrrpDiscardReason LastReason = VrrpDiscardReason.HmacReplay;

    // Most routers never discard anything.
    private long[]? _discarded;

    /// <summary>Advertisements received that passed all checks but those of addresses and peers (advert_rcvd).</summary>
    public long AdvertisementsReceived { get; internal set; }

    /// <summary>Advertisements sent, all copies to peers counting as one (advert_sent).</summary>
    public long AdvertisementsSent { get; internal set; }

    /// <summary>Transitions to master (become_master).</summary>
    public long BecameMaster { get; internal set; }

    /// <summary>Transitions from master to something else (release_master).</summary>
    public long ReleasedMaster { get; internal set; }

    /// <summary>Advertisements of priority 0 received (pri_zero_rcvd).</summary>
    public long PriorityZeroReceived { get; internal set; }

    /// <summary>Advertisements of priority 0 sent (pri_zero_sent).</summary>
    public long PriorityZeroSent { get; internal set; }

    /// <summary>
    /// Advertisements with other addresses than ours, accepted or not, or with the wrong kind of destination (addr_list_err).
    /// </summary>
    public long AddressListErrors { get; internal set; }

    /// <summary>
    /// Advertisements whose interval differs from ours, accepted (version 3) or not (advert_interval_err counts the latter).
    /// </summary>
    public long IntervalMismatches { get; internal set; }

    /// <summary>Wrong lengths (packet_len_err).</summary>
    public long PacketLengthErrors =>
        Discarded(VrrpDiscardReason.PacketLength) + Discarded(VrrpDiscardReason.TooShort) + Discarded(VrrpDiscardReason.Truncated);

    /// <summary>Wrong intervals discarded (advert_interval_err).</summary>
    public long IntervalErrors => Discarded(VrrpDiscardReason.AdvertisementInterval);

    /// <summary>Wrong TTL or hop limit (ip_ttl_err).</summary>
    public long HopLimitErrors => Discarded(VrrpDiscardReason.HopLimit) + Discarded(VrrpDiscardReason.PeerHopLimit);

    /// <summary>Not advertisements (invalid_type_rcvd).</summary>
    public long InvalidTypeReceived => Discarded(VrrpDiscardReason.Type);

    /// <summary>Unknown authentication types (invalid_authtype).</summary>
    public long InvalidAuthenticationTypes => Discarded(VrrpDiscardReason.InvalidAuthenticationType);

    /// <summary>Other authentication types than configured (authtype_mismatch).</summary>
    public long AuthenticationTypeMismatches => Discarded(VrrpDiscardReason.AuthenticationTypeMismatch);

    /// <summary>Wrong passwords, and authentication headers that are wrong or repeated (auth_failure).</summary>
    public long AuthenticationFailures =>
        Discarded(VrrpDiscardReason.AuthenticationFailure) + Discarded(VrrpDiscardReason.AuthenticationReplay);

    /// <summary>Unsigned advertisements where an HMAC trailer is required (auth_ext_missing).</summary>
    public long HmacMissing => Discarded(VrrpDiscardReason.HmacMissing);

    /// <summary>Malformed HMAC trailers (auth_ext_malformed).</summary>
    public long HmacMalformed => Discarded(VrrpDiscardReason.HmacMalformed);

    /// <summary>HMAC trailers made with a key that we do not have (auth_ext_unknown_key).</summary>
    public long HmacUnknownKeys => Discarded(VrrpDiscardReason.HmacUnknownKey);

    /// <summary>Wrong HMACs (auth_ext_invalid_hmac).</summary>
    public long HmacInvalid => Discarded(VrrpDiscardReason.HmacInvalid);

    /// <summary>HMAC trailers whose time is too far from ours (auth_ext_stale).</summary>
    public long HmacStale => Discarded(VrrpDiscardReason.HmacStale);

    /// <summary>Repeated HMAC trailers (auth_ext_replay).</summary>
    public long HmacReplays => Discarded(VrrpDiscardReason.HmacReplay);

    /// <summary>Wrong checksums (chk_err).</summary>
    public long ChecksumErrors => Discarded(VrrpDiscardReason.Checksum);

    /// <summary>Wrong versions (vers_err).</summary>
    public long VersionErrors => Discarded(VrrpDiscardReason.Version);

    /// <summary>Datagrams for another VRID that reached this router (vrid_err).</summary>
    public long VirtualRouterIdErrors => Discarded(VrrpDiscardReason.VirtualRouterId);

    /// <summary>All datagrams discarded.</summary>
    public long TotalDiscarded
    {
        get
        {
            var total = 0L;
            foreach (var count in _discarded ?? [])
                total += count;
            return total;
        }
    }

    /// <summary>How many datagrams were discarded for a reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    public long Discarded(VrrpDiscardReason reason)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)reason, (uint)LastReason, nameof(reason));
        return _discarded?[(int)reason] ?? 0;
    }

    internal void CountDiscarded(VrrpDiscardReason reason) =>
        (_discarded ??= new long[(int)LastReason + 1])[(int)reason]++;
}
