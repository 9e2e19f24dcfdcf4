namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// Where the two programs are. Ours is what <c>KEEPALIVED_UNDER_TEST</c> names, else the published binary
/// (<c>artifacts/daemon/keepalived</c>), else the build beside these tests, which compiles itself as it starts and is slower for it.
/// </summary>
internal static class Binaries
{
    public const string Variable = "KEEPALIVED_UNDER_TEST";
    private static readonly Lazy<string?> Ours = new(FindOurs);

    public static string Path(Build build)
    {
        var path = build == Build.Ours ? Ours.Value : Requirement.FindTool("keepalived");
        if (path is null)
            Assert.Inconclusive(build == Build.Ours ? "our daemon is not built" : "keepalived is not installed");
        return path!;
    }

    private static string? FindOurs()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        if (RepositoryRoot() is not { } root)
            return null;
        // bin/Release/net10.0 of these tests and of the daemon have the same tail.
        var output = AppContext.BaseDirectory;
        var tail = output[(output.LastIndexOf("/bin/", StringComparison.Ordinal) + 1)..];
        string[] candidates =
        [
            System.IO.Path.Combine(root, "artifacts/daemon/keepalived"),
            System.IO.Path.Combine(root, "Keepalived.Daemon", tail, "keepalived"),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    private static string? RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Keepalived.sln")))
                return folder.FullName;
        }
        return null;
    }
}
