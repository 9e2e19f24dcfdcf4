using System.Globalization;

namespace Keepalived.Daemon.Configuration.Diagnostics;

/// <summary>A place in a configuration file.</summary>
/// <param name="File">The file's path as it was opened; empty when there is no file.</param>
/// <param name="Line">The line, from 1; 0 for the file as a whole.</param>
/// <param name="Column">The column in bytes, from 1; 0 for the line as a whole.</param>
public readonly record struct SourceLocation(string File, int Line = 0, int Column = 0)
{
    /// <summary>No place.</summary>
    public static SourceLocation None => new(string.Empty);

    /// <summary>FILE:LINE:COLUMN, without the parts that are unknown.</summary>
    public override string ToString() => Line == 0 ? File : Column == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}")
        : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}
