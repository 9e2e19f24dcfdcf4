using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>SSL</c>.</summary>
internal static class SslKeywords
{
    // No line is longer.
    private const int MaxPassphrase = 1024;

    public static readonly KeywordBlock Block = new("SSL");

    public static readonly Keyword<Secret> Password = Block.Add("password", new PasswordSyntax(MaxPassphrase), "The passphrase of the key.",
        without: WithoutParameter.Error);

    public static readonly Keyword<string> Ca = Block.Add("ca", Word("FILE"), "Certificates of authorities.",
        without: WithoutParameter.Error);

    public static readonly Keyword<string> Certificate = Block.Add("certificate", Word("FILE"), "The client's certificate.",
        without: WithoutParameter.Error);

    public static readonly Keyword<string> Key = Block.Add("key", Word("FILE"), "The client's key.",
        without: WithoutParameter.Error);
}
