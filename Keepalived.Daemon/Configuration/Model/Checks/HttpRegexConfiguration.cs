namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>A pattern that the answer must match, or must not.</summary>
public sealed record HttpRegexConfiguration
{
    /// <summary><c>regex</c>: in the syntax of PCRE2.</summary>
    public required string Pattern { get; init; }

    /// <summary><c>regex_options</c>, known ones only: <c>caseless</c>, <c>dotall</c>, <c>multiline</c> …</summary>
    public EquatableArray<string> Options { get; init; }

    /// <summary><c>regex_no_match</c>: whether it must not match.</summary>
    public bool Negate { get; init; }

    /// <summary><c>regex_min_offset</c>: where the search begins, in bytes.</summary>
    public uint MinOffset { get; init; }

    /// <summary><c>regex_max_offset</c>: where a match must begin at the latest, not below <see cref="MinOffset"/>; anywhere if null.</summary>
    public uint? MaxOffset { get; init; }
}
