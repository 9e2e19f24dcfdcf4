namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Holds the block of <c>global_defs</c>, whose keywords stand in several files.</summary>
internal static class GlobalBlock
{
    public static readonly KeywordBlock Instance = new("global_defs");
}
