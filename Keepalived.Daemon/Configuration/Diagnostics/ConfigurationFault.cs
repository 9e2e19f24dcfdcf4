namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>
/// The classes of configuration faults, in their order: the highest one seen decides the exit code of a configuration test.
/// </summary>
public enum ConfigurationFault
{
    /// <summary>None: the diagnostic is information.</summary>
    None = 0,

    /// <summary>A file that had to be there is not.</summary>
    FileNotFound,

    /// <summary>An interface does not exist.</summary>
    BadInterface,

    /// <summary>The daemon cannot run with it.</summary>
    Fatal,

    /// <summary>The main pattern matched several files.</summary>
    MultipleFiles,

    /// <summary>An unknown keyword.</summary>
    UnknownKeyword,

    /// <summary>An opening brace where none belongs.</summary>
    UnexpectedOpenBrace,

    /// <summary>An opening brace is missing.</summary>
    MissingOpenBrace,

    /// <summary>A closing brace too many.</summary>
    UnexpectedCloseBrace,

    /// <summary>A closing brace is missing.</summary>
    MissingCloseBrace,

    /// <summary>A quote is not closed.</summary>
    UnmatchedQuote,

    /// <summary>A parameter is missing.</summary>
    MissingParameter,

    /// <summary>A number is malformed or out of range.</summary>
    InvalidNumber,

    /// <summary>Anything else that is wrong.</summary>
    General,

    /// <summary>Something is doubtful.</summary>
    Warning,

    /// <summary>A deprecated keyword that is refused.</summary>
    Deprecated,

    /// <summary>A script may run without script security.</summary>
    Security,
}
