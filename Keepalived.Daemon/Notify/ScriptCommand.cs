using Keepalived.Daemon.Configuration.Model;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// What is really executed for a configured script: the file itself, or a shell where the kernel would not take the file.
/// </summary>
/// <param name="Path">The file to execute.</param>
/// <param name="Arguments">Its arguments, including argument 0.</param>
/// <param name="Hint">What the operator should know about it, or null.</param>
internal sealed record ScriptCommand(string Path, IReadOnlyList<string> Arguments, string? Hint)
{
    private const string Shell = "/bin/sh";

    /// <summary>Decides how to run a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="extraArguments">Arguments behind the configured ones.</param>
    public static ScriptCommand Of(ScriptConfiguration script, IReadOnlyList<string> extraArguments)
    {
        IReadOnlyList<string> arguments = [.. (IEnumerable<string>)script.Arguments, .. extraArguments];

        // "</path" is no script: it asks whether the path can be opened.
        if (arguments[0] is ['<', '/', ..])
            return new ScriptCommand(Shell, [Shell, "-c", $": <{Quote(arguments[0][1..])}"], null);

        return IsKnownToKernel(script.Path)
            ? new ScriptCommand(script.Path, arguments, null)
            : new ScriptCommand(
                Shell,
                [Shell, "-c", string.Join(' ', arguments.Skip(1).Select(Quote).Prepend(Quote(script.Path)))],
                $"{script.Path} is neither a program nor starts with #!: it is run by {Shell}");
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>It starts like something that execve(2) takes. A file that we cannot read gets the benefit of the doubt.</summary>
    private static bool IsKnownToKernel(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[4];
            var length = RandomAccess.Read(file, start, 0);
            return start[..length].StartsWith("#!"u8) || start[..length].SequenceEqual("\u007fELF"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
