namespace Keepalived.Daemon.CommandLine;

/// <summary>The directory of logs and dumps: <c>$TMPDIR</c> if that is an absolute path of a directory, otherwise <c>/tmp</c>.</summary>
internal static class TemporaryDirectory
{
    public static string Path { get; } = Choose(Environment.GetEnvironmentVariable("TMPDIR"));

    internal static string Choose(string? variable) =>
        variable is ['/', ..] && Directory.Exists(variable) ? variable.TrimEnd('/') : "/tmp";
}
