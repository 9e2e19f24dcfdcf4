namespace Keepalived.Kernel.Tests.Lab;

/// <summary>
/// Where our daemon is: what <c>KEEPALIVED_UNDER_TEST</c> names, else the published binary, else the build beside these tests, which compiles
/// itself as it starts.
/// </summary>
internal static class OurDaemon
{
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("KEEPALIVED_UNDER_TEST") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "Keepalived.sln")))
                continue;
            var output = AppContext.BaseDirectory;
            var tail = output[(output.LastIndexOf("/bin/", StringComparison.Ordinal) + 1)..];
            string[] candidates =
            [
                System.IO.Path.Combine(folder.FullName, "artifacts/daemon/keepalived"),
                System.IO.Path.Combine(folder.FullName, "Keepalived.Daemon", tail, "keepalived"),
            ];
            return candidates.FirstOrDefault(File.Exists);
        }

        return null;
    }
}
