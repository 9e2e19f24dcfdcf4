using Keepalived.Checkers.Smtp;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>SMTP_CHECK</c>.</summary>
internal static class SmtpKeywords
{
    public static readonly KeywordBlock Block = new("SMTP_CHECK");

    public static readonly Keyword<string> HeloName = Block.Add(
        "helo_name", Word("NAME"), "The name in the HELO.", SmtpCheckerOptions.DefaultHeloName, without: WithoutParameter.Error);

    public static readonly KeywordBlock HostBlock = new("host");

    public static readonly ConnectionKeywords HostConnection = new(HostBlock);

    public static readonly Keyword<List<SmtpHostDraft>> Host = Block.Add("host",
        new RepeatedBlockSyntax<SmtpHostDraft>(HostBlock, static (_, values) => new SmtpHostDraft(
            HostConnection.Read(values), HostConnection.Timing.Read(values))),
        "A further server; deprecated.", repeat: Repetition.Adds);

    public static readonly ConnectionKeywords Connection = new(Block);
}
