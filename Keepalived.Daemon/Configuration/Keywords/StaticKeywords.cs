using Keepalived.Daemon.Configuration.Values;
using static Keepalived.Daemon.Configuration.Keywords.KeywordStatus;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>track_group</c> and <c>garp_group</c>.</summary>
internal static class StaticKeywords
{
    public static readonly KeywordBlock TrackGroup = new("track_group");

    public static readonly KeywordBlock GarpGroup = new("garp_group");

    public static readonly Keyword<List<string>> Members = TrackGroup.Add(
        "group", new WordListSyntax("group", "INSTANCE"), "The instances.");

    public static readonly Keyword<TimeSpan> GarpInterval = GarpGroup.Add(
        "garp_interval", new DecimalSyntax(0, 4_294_967_295), "The least time between two gratuitous ARPs.");

    public static readonly Keyword<TimeSpan> GnaInterval = GarpGroup.Add(
        "gna_interval", new DecimalSyntax(0, 4_294_967_295), "The least time between two neighbour advertisements.");

    public static readonly Keyword<string> Interface = GarpGroup.Add("interface", InterfaceName, "One interface.");

    public static readonly Keyword<List<string>> Interfaces = GarpGroup.Add(
        "interfaces", new WordListSyntax("interfaces", "INTERFACE", MaxInterfaceName), "Several interfaces.");
}
