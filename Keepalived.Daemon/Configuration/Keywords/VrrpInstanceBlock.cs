namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>Holds the block of <c>vrrp_instance</c>, whose keywords stand in several files.</summary>
internal static class VrrpInstanceBlock
{
    public static readonly KeywordBlock Instance = new("vrrp_instance");
}
