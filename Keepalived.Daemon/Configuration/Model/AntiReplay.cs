namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>anti_replay</c> of <c>auth_hmac</c>.</summary>
public enum AntiReplay
{
    /// <summary>By time and number: the clocks must agree.</summary>
    Time = 0,

    /// <summary>By number alone.</summary>
    Monotonic,
}
