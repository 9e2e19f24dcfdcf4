namespace Keepalived.Daemon.Configuration.Text;

/// <summary>Which problems of an include are errors.</summary>
[Flags]
internal enum IncludeChecks
{
    None = 0,

    /// <summary>A match that is not a readable regular file.</summary>
    Read = 1,

    /// <summary>A path that is not there.</summary>
    Match = 2,

    /// <summary>A wildcard that matches nothing.</summary>
    WildcardMatch = 4,

    /// <summary>An alternative in braces that matches nothing.</summary>
    BraceMatch = 8,

    All = Read | Match | WildcardMatch | BraceMatch,
}
