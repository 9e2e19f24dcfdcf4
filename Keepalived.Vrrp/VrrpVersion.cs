namespace Keepalived.Vrrp;

/// <summary>The version field of an advertisement.</summary>
public enum VrrpVersion : byte
{
    /// <summary>VRRP version 2, RFC 3768: whole-second intervals, optional authentication data.</summary>
    V2 = 2,

    /// <summary>VRRP version 3, RFC 9568 and RFC 5798: centisecond intervals, learned from the master.</summary>
    V3 = 3,
}
