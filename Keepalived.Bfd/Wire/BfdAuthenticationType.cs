namespace Keepalived.Bfd.Wire;

/// <summary>The kind of authentication section (RFC 5880 §4.1).</summary>
public enum BfdAuthenticationType : byte
{
    /// <summary>Reserved; no key has this type.</summary>
    None = 0,

    /// <summary>The password in clear (RFC 5880 §6.7.2).</summary>
    SimplePassword = 1,

    /// <summary>MD5 over packet and key; the sequence number rises now and then (§6.7.3).</summary>
    KeyedMd5 = 2,

    /// <summary>MD5 over packet and key; the sequence number rises with each packet, which stops replays (§6.7.3).</summary>
    MeticulousKeyedMd5 = 3,

    /// <summary>SHA1 over packet and key; the sequence number rises now and then (§6.7.4).</summary>
    KeyedSha1 = 4,

    /// <summary>SHA1 over packet and key; the sequence number rises with each packet, which stops replays (§6.7.4).</summary>
    MeticulousKeyedSha1 = 5,
}
