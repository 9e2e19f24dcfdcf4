using System.Text;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// What it takes to start this program once more: the running image, its exact command line and environment. The image is named by
/// <c>/proc/self/exe</c>, which stays right when a package upgrade replaces the file.
/// </summary>
internal static class SelfImage
{
    /// <summary>The path to execute. The kernel resolves it in the new process before it becomes another.</summary>
    public const string Path = "/proc/self/exe";

    /// <summary>
    /// The words of the command line, including the program, as they were given. Under <c>dotnet keepalived.dll</c> that is both.
    /// </summary>
    public static IReadOnlyList<string> Arguments => Split(File.ReadAllBytes("/proc/self/cmdline"));

    /// <summary>The words of the command line before the daemon's own: <c>keepalived</c>, or <c>dotnet keepalived.dll</c>.</summary>
    public static IReadOnlyList<string> Program
    {
        get
        {
            var all = Arguments;
            return [.. all.Take(all.Count - (Environment.GetCommandLineArgs().Length - 1))];
        }
    }

    /// <summary>The environment that the process was started with, as <c>NAME=value</c>.</summary>
    public static IReadOnlyList<string> EnvironmentBlock => Split(File.ReadAllBytes("/proc/self/environ"));

    private static List<string> Split(byte[] bytes)
    {
        var words = new List<string>();
        for (var rest = bytes.AsSpan(); rest.Length > 0;)
        {
            var end = rest.IndexOf((byte)0);
            words.Add(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return words;
    }
}
