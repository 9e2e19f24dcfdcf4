namespace Keepalived.Daemon.Configuration.Text;

/// <summary>What bounds the work on any input, however hostile.</summary>
internal static class ReadLimits
{
    /// <summary>The longest line of a file, as in the original: its buffer of 1024 without newline and terminator.</summary>
    public const int PhysicalLine = 1022;

    /// <summary>The longest line after substitution.</summary>
    public const int LogicalLine = 1023;

    /// <summary>Substitutions in one line.</summary>
    public const int SubstitutionsPerLine = 1000;

    /// <summary>Substitutions in one load.</summary>
    public const int Substitutions = 20_000_000;

    /// <summary>Lines made by multi-line definitions and generators in one load.</summary>
    public const int GeneratedLines = 200_000;

    /// <summary>Files, definitions and generators being read within each other.</summary>
    public const int Depth = 64;

    /// <summary>Files opened in one load.</summary>
    public const int Files = 20_000;

    /// <summary>Bytes of files read in one load.</summary>
    public const long Bytes = 1L << 30;

    /// <summary>Alternatives of one include pattern with braces.</summary>
    public const int Alternatives = 1000;
}
