namespace Keepalived.Vrrp.Wire;

/// <summary>Why bytes are not an advertisement.</summary>
public enum VrrpDecodeError
{
    /// <summary>They are one.</summary>
    None = 0,

    /// <summary>Shorter than the fixed header of eight bytes.</summary>
    TooShort,

    /// <summary>Neither version 2 nor version 3.</summary>
    Version,

    /// <summary>Not type 1.</summary>
    Type,

    /// <summary>Not the length that version, family and address count give.</summary>
    Length,

    /// <summary>VRID 0.</summary>
    VirtualRouterId,

    /// <summary>Interval 0 (RFC 9568 section 7.1, erratum 8301).</summary>
    Interval,
}
