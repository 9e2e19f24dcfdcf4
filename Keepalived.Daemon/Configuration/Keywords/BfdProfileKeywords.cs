namespace Keepalived.Daemon.Configuration.Keywords;

/// <summary>The keywords of <c>bfd_profile</c>.</summary>
internal static class BfdProfileKeywords
{
    public static readonly KeywordBlock Block = new("bfd_profile");

    public static readonly BfdSessionKeywords Session = new(Block);
}
