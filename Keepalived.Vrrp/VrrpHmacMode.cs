namespace Keepalived.Vrrp;

/// <summary>
/// What a router does about adverts with and without an HMAC trailer. One that has a trailer must always be right. The modes in reverse
/// order, one reload of all routers after the other, bring authentication to a running group without a takeover.
/// </summary>
public enum VrrpHmacMode
{
    /// <summary>Signs, and accepts signed adverts only.</summary>
    Enforce = 0,

    /// <summary>Signs, and also accepts unsigned adverts.</summary>
    Permissive,

    /// <summary>Does not sign, and accepts both.</summary>
    ReceiveOnly,
}
