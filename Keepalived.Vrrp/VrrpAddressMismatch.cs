namespace Keepalived.Vrrp;

/// <summary>What to do with an advertisement whose addresses differ from ours. It is counted and noticed in any case.</summary>
public enum VrrpAddressMismatch
{
    /// <summary>
    /// As the version's RFC says: version 2 discards it unless the sender owns the addresses (RFC 3768 section 7.1), version 3 accepts
    /// it.
    /// </summary>
    ByVersion = 0,

    /// <summary>Accept it, as keepalived since 2.3.3.</summary>
    Accept,

    /// <summary>Discard it, as keepalived before 2.3.3.</summary>
    Discard,
}
