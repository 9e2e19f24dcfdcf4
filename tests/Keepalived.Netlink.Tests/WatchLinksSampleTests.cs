using System.Diagnostics;
using System.Runtime.CompilerServices;
using Keepalived.Netlink.Tests.Io;

namespace Keepalived.Netlink.Tests;

public sealed class WatchLinksSampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Sample_SeesALinkComeRunAndGo()
    {
        using var inside = TestNamespace.Create();
        var sample = Path.Combine(AppContext.BaseDirectory, "WatchLinks.dll");
        using var process = Process.Start(
            new ProcessStartInfo("ip", ["netns", "exec", inside.Name, "dotnet", sample]) { RedirectStandardOutput = true })!;
        try
        {
            await ExpectAsync(process, line => line.StartsWith("lo (1): running", StringComparison.Ordinal));
            await ExpectAsync(process, line => line.Contains("127.0.0.1/8 on lo", StringComparison.Ordinal));
            inside.Ip("link", "add", "ve0", "type", "veth", "peer", "name", "ve1");
            await ExpectAsync(process, line => line.StartsWith("link added: ve0", StringComparison.Ordinal));
            inside.Ip("address", "add", "192.0.2.1/24", "dev", "ve0");
            await ExpectAsync(process, line => line.StartsWith("address added: 192.0.2.1/24", StringComparison.Ordinal));
            inside.Ip("link", "set", "ve1", "up");
            inside.Ip("link", "set", "ve0", "up");
            await ExpectAsync(
                process, line => line.StartsWith("ve0 (", StringComparison.Ordinal) && line.EndsWith(" runs", StringComparison.Ordinal));
            inside.Ip("link", "delete", "ve0");
            await ExpectAsync(process, line => line.StartsWith("link removed: ve0", StringComparison.Ordinal));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [Test]
    public void Readme_ShowsTheSampleAsItIs()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));
        var readme = File.ReadAllText(Path.Combine(root, "Keepalived.Netlink/README.md"));
        Assert.That(readme, Does.Contain(File.ReadAllText(Path.Combine(root, "docs/samples/WatchLinks/Program.cs")).Trim()));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static async Task ExpectAsync(Process process, Func<string, bool> wanted)
    {
        var seen = new List<string>();
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.That(line, Is.Not.Null, $"the sample ended after: {string.Join('\n', seen)}");
            if (wanted(line!))
                return;
            seen.Add(line!);
        }
    }
}
