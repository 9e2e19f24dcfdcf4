namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The <c>auth_hmac</c> block.</summary>
public sealed record AuthHmacConfiguration
{
    /// <summary>The keys: at least one.</summary>
    public required EquatableArray<HmacKeyConfiguration> Keys { get; init; }

    /// <summary>The number of one of them: the one to sign with.</summary>
    public required int ActiveKey { get; init; }

    /// <summary>What becomes of unsigned adverts.</summary>
    public HmacMode Mode { get; init; }

    /// <summary>How old adverts are told from new ones.</summary>
    public AntiReplay AntiReplay { get; init; }

    /// <summary>How far clocks may differ, 1-300 s; null for what follows from the interval.</summary>
    public TimeSpan? TimeWindow { get; init; }
}
