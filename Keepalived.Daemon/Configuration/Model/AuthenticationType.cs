namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The authentication of RFC 2338 and RFC 3768, VRRP version 2 only.</summary>
public enum AuthenticationType
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A password in clear text (type 1).</summary>
    Password = 1,

    /// <summary>IPsec AH with HMAC-MD5-96 (type 2).</summary>
    AuthenticationHeader = 2,
}
