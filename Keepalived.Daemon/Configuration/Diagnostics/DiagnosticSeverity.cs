namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>How bad a diagnostic is, for people. What it does to exit codes is its <see cref="ConfigurationFault"/>.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Nothing is wrong: a keyword that is known but does nothing yet, an optional file that is absent.</summary>
    Notice = 0,

    /// <summary>Something was adjusted; the configuration is used.</summary>
    Warning,

    /// <summary>Something was left out or replaced by its default.</summary>
    Error,

    /// <summary>The daemon cannot start with this.</summary>
    Fatal,
}
