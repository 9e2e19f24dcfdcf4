using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of <c>BFD_CHECK</c>.</summary>
internal static class BfdCheckKeywords
{
    public static readonly KeywordBlock Block = new("BFD_CHECK");

    public static readonly Keyword<string> Name = Block.Add("name", new WordSyntax("INSTANCE", 31, onlyOne: true), "The bfd_instance.",
        without: WithoutParameter.Error, repeat: Repetition.FirstWins);

    public static readonly Keyword<bool?> Alpha = Block.Add("alpha", OptionalBool, "The server is down until the session is up.");
}
