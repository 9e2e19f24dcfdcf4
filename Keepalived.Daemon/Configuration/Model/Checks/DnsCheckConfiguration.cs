using Keepalived.Checkers.Dns;

namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary><c>DNS_CHECK</c>: a name server answers.</summary>
public sealed record DnsCheckConfiguration : ConnectingCheckConfiguration
{
    /// <summary><c>type</c> of the record asked for.</summary>
    public DnsRecordType Type { get; init; } = DnsRecordType.Soa;

    /// <summary><c>name</c> asked for; <c>.</c> is the root.</summary>
    public string Name { get; init; } = ".";
}
