namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>
/// All kinds of findings. Numbers are never used again: 01 files, 02 text, 03 blocks, 04 values, 05 rules between keywords, 06 scripts and
/// keys, 09 notices.
/// </summary>
public static class DiagnosticCodes
{
    /// <summary>The main file, or an included one, is not there.</summary>
    public static DiagnosticCode FileNotFound { get; } = new("KC0101", "file-not-found");

    /// <summary>A path is a directory, a device, an executable, or cannot be read.</summary>
    public static DiagnosticCode FileUnusable { get; } = new("KC0102", "file-unusable");

    /// <summary>A pattern, or an alternative of it, matched nothing.</summary>
    public static DiagnosticCode NoMatch { get; } = new("KC0103", "no-match");

    /// <summary>The main pattern matched several files.</summary>
    public static DiagnosticCode MultipleFiles { get; } = new("KC0104", "multiple-files");

    /// <summary>A file includes itself, directly or through others.</summary>
    public static DiagnosticCode IncludeLoop { get; } = new("KC0105", "include-loop");

    /// <summary>Includes are nested too deeply, or there are too many.</summary>
    public static DiagnosticCode IncludeLimit { get; } = new("KC0106", "include-limit");

    /// <summary>The network namespace of a configuration test cannot be entered, and nothing is tested.</summary>
    public static DiagnosticCode NamespaceUnreachable { get; } = new("KC0107", "namespace-unreachable");

    /// <summary>A line is too long, as written or after substitution.</summary>
    public static DiagnosticCode LineTooLong { get; } = new("KC0201", "line-too-long");

    /// <summary>A line has a NUL byte.</summary>
    public static DiagnosticCode NulByte { get; } = new("KC0202", "nul-byte");

    /// <summary>A quote is not closed.</summary>
    public static DiagnosticCode UnterminatedQuote { get; } = new("KC0203", "unterminated-quote");

    /// <summary>A definition refers to itself.</summary>
    public static DiagnosticCode RecursiveDefinition { get; } = new("KC0204", "recursive-definition");

    /// <summary>Parameters of a predefined name are wrong.</summary>
    public static DiagnosticCode BadReference { get; } = new("KC0205", "bad-reference");

    /// <summary>A ~SEQ, ~SEQx or ~LST is malformed.</summary>
    public static DiagnosticCode BadGenerator { get; } = new("KC0206", "bad-generator");

    /// <summary>Definitions and generators made more lines than any configuration needs.</summary>
    public static DiagnosticCode TooManyLines { get; } = new("KC0207", "too-many-lines");

    /// <summary>The file ends in a multi-line definition.</summary>
    public static DiagnosticCode UnfinishedDefinition { get; } = new("KC0208", "unfinished-definition");

    /// <summary>A keyword that nobody knows here.</summary>
    public static DiagnosticCode UnknownKeyword { get; } = new("KC0301", "unknown-keyword");

    /// <summary>An opening brace where none belongs.</summary>
    public static DiagnosticCode UnexpectedOpenBrace { get; } = new("KC0302", "unexpected-open-brace");

    /// <summary>A block without its opening brace.</summary>
    public static DiagnosticCode MissingOpenBrace { get; } = new("KC0303", "missing-open-brace");

    /// <summary>A closing brace too many.</summary>
    public static DiagnosticCode UnexpectedCloseBrace { get; } = new("KC0304", "unexpected-close-brace");

    /// <summary>A block that is not closed.</summary>
    public static DiagnosticCode MissingCloseBrace { get; } = new("KC0305", "missing-close-brace");

    /// <summary>A block that is left out: without a name, or with one in use.</summary>
    public static DiagnosticCode BlockSkipped { get; } = new("KC0306", "block-skipped");

    /// <summary>Words before the brace of a list.</summary>
    public static DiagnosticCode ExtraParameters { get; } = new("KC0307", "extra-parameters");

    /// <summary>A list without entries.</summary>
    public static DiagnosticCode EmptyBlock { get; } = new("KC0308", "empty-block");

    /// <summary>Blocks are nested too deeply.</summary>
    public static DiagnosticCode NestingLimit { get; } = new("KC0309", "nesting-limit");

    /// <summary>A keyword without its parameter.</summary>
    public static DiagnosticCode MissingParameter { get; } = new("KC0401", "missing-parameter");

    /// <summary>A number that is malformed or out of range.</summary>
    public static DiagnosticCode InvalidNumber { get; } = new("KC0402", "invalid-number");

    /// <summary>A value of another kind than expected.</summary>
    public static DiagnosticCode InvalidValue { get; } = new("KC0403", "invalid-value");

    /// <summary>A word that the keyword does not know.</summary>
    public static DiagnosticCode UnknownOption { get; } = new("KC0404", "unknown-option");

    /// <summary>A second value where one is allowed.</summary>
    public static DiagnosticCode Duplicate { get; } = new("KC0405", "duplicate");

    /// <summary>A value that was rounded, clamped or cut.</summary>
    public static DiagnosticCode Adjusted { get; } = new("KC0406", "adjusted");

    /// <summary>A keyword that has a successor.</summary>
    public static DiagnosticCode Deprecated { get; } = new("KC0407", "deprecated");

    /// <summary>Keywords that contradict each other, or one without another that it needs.</summary>
    public static DiagnosticCode Conflict { get; } = new("KC0501", "conflict");

    /// <summary>A required keyword is missing.</summary>
    public static DiagnosticCode MissingKeyword { get; } = new("KC0502", "missing-keyword");

    /// <summary>A name that nothing defines.</summary>
    public static DiagnosticCode UnknownName { get; } = new("KC0503", "unknown-name");

    /// <summary>An interface that does not exist or does not fit.</summary>
    public static DiagnosticCode BadInterface { get; } = new("KC0504", "bad-interface");

    /// <summary>A script that cannot be run and is left out.</summary>
    public static DiagnosticCode ScriptUnusable { get; } = new("KC0601", "script-unusable");

    /// <summary>A script that may be run as root although others can change it, or without script security.</summary>
    public static DiagnosticCode ScriptSecurity { get; } = new("KC0602", "script-security");

    /// <summary>A user or group that does not exist.</summary>
    public static DiagnosticCode UnknownUser { get; } = new("KC0603", "unknown-user");

    /// <summary>A file with a key that others than its owner may read or write.</summary>
    public static DiagnosticCode KeyExposed { get; } = new("KC0604", "key-exposed");

    /// <summary>A keyword that is known and accepted, but does nothing yet.</summary>
    public static DiagnosticCode NotActive { get; } = new("KC0901", "not-active-yet");

    /// <summary>There was more than anybody reads.</summary>
    public static DiagnosticCode MoreFindings { get; } = new("KC0902", "more-findings");
}
