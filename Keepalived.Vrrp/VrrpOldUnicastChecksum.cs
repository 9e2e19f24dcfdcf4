namespace Keepalived.Vrrp;

/// <summary>
/// Compatibility with unicast peers running keepalived up to 1.3.6, whose pseudo-header (version 3 over IPv4) has the multicast group
/// in place of the destination.
/// </summary>
public enum VrrpOldUnicastChecksum
{
    /// <summary>Standard, until a received checksum is right only in the old form; then the old form is used in both directions.</summary>
    Detect = 0,

    /// <summary>Always the old form (old_unicast_checksum).</summary>
    Always,

    /// <summary>Never the old form (old_unicast_checksum never).</summary>
    Never,
}
