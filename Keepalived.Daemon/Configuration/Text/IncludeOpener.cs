using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Configuration.Text;

/// <summary>Opens the main file and what <c>include</c> lines name.</summary>
internal sealed class IncludeOpener(ConfigurationReader reader, bool allConfig)
{
    private int _opened;
    private long _bytes;

    public IncludeChecks Checks { get; set; } = allConfig ? IncludeChecks.All : IncludeChecks.None;

    public bool Failed { get; private set; }

    public bool OpenMain(string path)
    {
        var place = new SourceLocation(path);
        var files = Find(path, IncludeChecks.None, place, isMain: true);
        if (files.Count > 1)
        {
            reader.Diagnostics.Report(DiagnosticCodes.MultipleFiles, DiagnosticSeverity.Warning, ConfigurationFault.MultipleFiles, place,
                $"{files.Count} files match; all are read");
        }

        Push(files);
        return files.Count > 0;
    }

    /// <summary>Whether the line is an include, which is then done.</summary>
    public bool TryInclude(LineBuffer line)
    {
        var text = line.Text;
        if (!text.StartsWith("include"))
            return false;
        var keyword = text.IndexOfAny(' ', '\t');
        if (keyword < 0)
            return false;
        IncludeChecks? own = text[7..keyword] switch
        {
            "" => IncludeChecks.None,
            "r" => IncludeChecks.Read,
            "m" => IncludeChecks.Read | IncludeChecks.Match,
            "w" => IncludeChecks.Read | IncludeChecks.Match | IncludeChecks.WildcardMatch,
            "b" => IncludeChecks.Read | IncludeChecks.BraceMatch,
            "a" => IncludeChecks.All,
            _ => null,
        };
        if (own is not { } checks)
            return false;
        var argument = text[keyword..].Trim(" \t");
        var at = line.End - argument.Length;
        Push(Find(TextEncoding.ToText(argument), checks | Checks, reader.Place(line, at), isMain: false));
        return true;
    }

    // The files that a pattern names, read; problems are reported, and with an enabled check nothing is opened.
    private List<SourceFile> Find(string pattern, IncludeChecks checks, SourceLocation place, bool isMain)
    {
        List<SourceFile> files = [];
        if (BraceAlternatives.Expand(pattern) is not { } alternatives)
        {
            reader.Diagnostics.Error(
                DiagnosticCodes.IncludeLimit, ConfigurationFault.General, place, "the pattern has too many alternatives");
            return files;
        }

        var hasBraces = alternatives.Count > 1;
        foreach (var alternative in alternatives)
        {
            var matches = reader.Source.Match(alternative, reader.CurrentDirectory);
            foreach (var match in matches)
            {
                if (Read(match, checks, place, isMain) is { } file)
                    files.Add(file);
            }

            if (matches.Count > 0)
                continue;
            var needed = hasBraces ? IncludeChecks.BraceMatch
                : PathPattern.HasWildcard(alternative) && DirectoryExists(alternative) ? IncludeChecks.WildcardMatch : IncludeChecks.Match;
            var message = PathPattern.HasWildcard(alternative) ? $"nothing matches '{alternative}'" : $"there is no file '{alternative}'";
            if (Problem(PathPattern.HasWildcard(alternative) ? DiagnosticCodes.NoMatch
                : DiagnosticCodes.FileNotFound, needed, checks, place, message, isMain))
                break;
        }

        return files;
    }

    // Whether the part of a pattern before its first wildcard leads anywhere.
    private bool DirectoryExists(string pattern)
    {
        var fixedPart = pattern[..pattern.AsSpan().IndexOfAny('*', '?', '[')];
        var slash = fixedPart.LastIndexOf('/');
        return slash < 0 || reader.Source.Match(slash == 0 ? "/" : fixedPart[..slash], reader.CurrentDirectory).Count > 0;
    }

    private SourceFile? Read(string match, IncludeChecks checks, SourceLocation place, bool isMain)
    {
        var directory = reader.CurrentDirectory;
        var key = Path.GetFullPath(Path.Combine(directory, match));
        if (reader.IsReading(key))
        {
            reader.Diagnostics.Error(DiagnosticCodes.IncludeLoop, ConfigurationFault.General, place, $"'{match}' is being read already");
            return null;
        }

        var content = reader.Source.Read(match, directory);
        if (content.Status != ConfigurationFileStatus.Ok)
        {
            var what = content.Status switch
            {
                ConfigurationFileStatus.NotFound => "does not exist",
                ConfigurationFileStatus.Directory => "is a directory",
                ConfigurationFileStatus.NotRegular => "is not a regular file",
                ConfigurationFileStatus.Executable => "is executable, and so is not taken for a configuration",
                ConfigurationFileStatus.TooLarge => $"is larger than {IConfigurationSource.MaxFileSize} bytes",
                _ => "cannot be read",
            };
            Problem(DiagnosticCodes.FileUnusable, IncludeChecks.Read, checks, place, $"'{match}' {what}", isMain);
            return null;
        }

        _bytes += content.Content.Length;
        if (++_opened > ReadLimits.Files || _bytes > ReadLimits.Bytes || reader.OpenFileCount >= ReadLimits.Depth)
        {
            reader.Diagnostics.Error(DiagnosticCodes.IncludeLimit, ConfigurationFault.General, place,
                $"'{match}' is left out: includes are nested too deeply, or there is too much to read",
                $"at most {ReadLimits.Depth} levels and {ReadLimits.Files} files");
            return null;
        }

        var shown = Path.IsPathRooted(match) || reader.CurrentFile is null
            ? match : Path.Combine(Path.GetDirectoryName(reader.CurrentFile.File.Path) ?? string.Empty, match);
        return reader.Files.Add(shown, Path.GetDirectoryName(key) ?? "/", key, content.Content);
    }

    // Reports a problem, as an error if its class is enabled; returns whether it is.
    private bool Problem(DiagnosticCode code, IncludeChecks needed, IncludeChecks checks, SourceLocation place, string message, bool isMain)
    {
        var enabled = (checks & needed) != 0;
        if (isMain)
        {
            var fault = allConfig ? ConfigurationFault.FileNotFound : ConfigurationFault.None;
            reader.Diagnostics.Report(code, DiagnosticSeverity.Fatal, fault, place, message);
            return true;
        }

        Failed |= enabled;
        reader.Diagnostics.Report(code, enabled ? DiagnosticSeverity.Fatal : DiagnosticSeverity.Notice,
            enabled ? ConfigurationFault.FileNotFound : ConfigurationFault.None, place, message);
        return enabled;
    }

    private void Push(List<SourceFile> files)
    {
        for (var i = files.Count - 1; i >= 0; i--)
            reader.PushFile(files[i]);
    }
}
