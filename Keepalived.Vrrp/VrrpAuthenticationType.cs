namespace Keepalived.Vrrp;

/// <summary>The authentication type field of version 2 (RFC 2338 section 5.3.6; RFC 3768 knows only 0).</summary>
public enum VrrpAuthenticationType : byte
{
    /// <summary>No authentication.</summary>
    None = 0,

    /// <summary>A password of up to eight bytes in clear text.</summary>
    Pass = 1,

    /// <summary>An IP authentication header (protocol 51) with HMAC-MD5-96.</summary>
    AuthenticationHeader = 2,
}
