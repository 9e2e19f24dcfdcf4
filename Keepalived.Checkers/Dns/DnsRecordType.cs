namespace Keepalived.Checkers.Dns;

/// <summary>The record types that a DNS check asks for, with their numbers (IANA, RFC 1035 section 3.2.2 and later).</summary>
public enum DnsRecordType
{
    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>A name server.</summary>
    Ns = 2,

    /// <summary>Another name.</summary>
    Cname = 5,

    /// <summary>The start of a zone.</summary>
    Soa = 6,

    /// <summary>A mail server.</summary>
    Mx = 15,

    /// <summary>Text.</summary>
    Txt = 16,

    /// <summary>An IPv6 address.</summary>
    Aaaa = 28,

    /// <summary>A signature.</summary>
    Rrsig = 46,

    /// <summary>A key.</summary>
    Dnskey = 48,
}
