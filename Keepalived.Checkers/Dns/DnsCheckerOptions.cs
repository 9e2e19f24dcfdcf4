using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Dns;

/// <summary>What a <see cref="DnsChecker"/> asks, and whom.</summary>
public sealed record DnsCheckerOptions
{
    /// <summary>Where the server is.</summary>
    public required ConnectionOptions Connection { get; init; }

    /// <summary>The record type (<c>type</c>). SOA by default.</summary>
    public DnsRecordType Type { get; init; } = DnsRecordType.Soa;

    /// <summary>The name (<c>name</c>). The root by default.</summary>
    public string Name { get; init; } = ".";
}
