namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The kind of a BFD authentication key (RFC 5880 section 4.1).</summary>
public enum BfdAuthenticationType
{
    /// <summary>None was said.</summary>
    None = 0,

    /// <summary>The password in clear.</summary>
    SimplePassword,

    /// <summary>MD5; the sequence number rises now and then.</summary>
    KeyedMd5,

    /// <summary>MD5; the sequence number rises with each packet.</summary>
    MeticulousKeyedMd5,

    /// <summary>SHA1; the sequence number rises now and then.</summary>
    KeyedSha1,

    /// <summary>SHA1; the sequence number rises with each packet.</summary>
    MeticulousKeyedSha1,
}
