namespace Keepalived.Daemon.Configuration.Model;

/// <summary>How the parameters of a process are compared with those of a <c>vrrp_track_process</c>.</summary>
public enum ParameterMatch
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>They are the same.</summary>
    Exact,

    /// <summary>They begin with them.</summary>
    Partial,

    /// <summary>They begin with them, and the last one may be the beginning of a parameter.</summary>
    Initial,
}
