namespace Keepalived.Daemon.Configuration.Values;

/// <summary>What <c>lvs_method</c> says.</summary>
internal sealed record LvsMethod(string Method)
{
    public string? TunnelType { get; init; }

    public int TunnelPort { get; init; }

    public string? Checksum { get; init; }
}
