namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>mode</c> of <c>auth_hmac</c>.</summary>
public enum HmacMode
{
    /// <summary>Signs, and wants all others to.</summary>
    Enforce = 0,

    /// <summary>Signs, and accepts unsigned adverts.</summary>
    Permissive,

    /// <summary>Does not sign, and accepts both.</summary>
    ReceiveOnly,
}
