using Keepalived.Checkers.Dns;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>DNS_CHECK</c>.</summary>
internal static class DnsKeywords
{
    public static readonly KeywordBlock Block = new("DNS_CHECK");

    public static readonly Keyword<DnsRecordType> Type = Block.Add("type",
        new ChoiceSyntax<DnsRecordType>(
            true,
            [.. Enum.GetValues<DnsRecordType>().Select(static type => (type.ToString().ToUpperInvariant(), type))]),
        "The type of record to ask for.", DnsRecordType.Soa);

    public static readonly Keyword<string> Name = Block.Add(
        "name", new DomainNameSyntax(), "The name to ask for.", ".", repeat: Repetition.FirstWins);

    public static readonly ConnectionKeywords Connection = new(Block);
}
