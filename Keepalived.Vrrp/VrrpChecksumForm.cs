namespace Keepalived.Vrrp;

/// <summary>
/// What the checksum of version 3 over IPv4 covers. The RFCs disagree; over IPv6 and in version 2 there is one form only.
/// </summary>
public enum VrrpChecksumForm
{
    /// <summary>A pseudo-header and the message: RFC 5798, and what keepalived and FRR send by default.</summary>
    PseudoHeader = 0,

    /// <summary>The message alone: RFC 9568 section 5.2.8 (keepalived: v3_checksum_as_v2).</summary>
    MessageOnly,
}
