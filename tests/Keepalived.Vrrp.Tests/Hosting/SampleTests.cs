using System.Diagnostics;
using Keepalived.Vrrp.Tests.Transport;

namespace Keepalived.Vrrp.Tests.Hosting;

/// <summary>The sample program, as the README shows it, run in a namespace.</summary>
[NonParallelizable]
public sealed class SampleTests
{
    [Test]
    public async Task VirtualIp_UntilInterrupted_HasTheAddress()
    {
        using var link = new TestLink();
        var sample = Path.Combine(AppContext.BaseDirectory, "VirtualIp.dll");
        using var program = Process.Start(new ProcessStartInfo("ip", $"netns exec {link.Name('a')} dotnet {sample} eth0 10.91.0.100/24 200")
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var output = program.StandardOutput;
            var lines = new List<string>();
            while (!lines.Contains("web is Master, priority 200"))
                lines.Add(await output.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30))
                    ?? throw new InvalidOperationException(string.Join('\n', lines)));
            Assert.That(link.Holds('a', "10.91.0.100"), Is.True);

            using (Process.Start("kill", $"-INT {program.Id}"))
                await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            Assert.That(program.ExitCode, Is.Zero);
            Assert.That(await output.ReadToEndAsync(), Does.Contain("takes over at once"));
            Assert.That(link.Holds('a', "10.91.0.100"), Is.False);
        }
        finally
        {
            if (!program.HasExited)
                program.Kill(entireProcessTree: true);
        }
    }

    [Test]
    public void Readme_Sample_IsTheProgram()
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Here())))!;
        var readme = File.ReadAllText(Path.Combine(folder, "..", "Keepalived.Vrrp", "README.md"));
        var program = File.ReadAllText(Path.Combine(folder, "..", "docs", "samples", "VirtualIp", "Program.cs"));
        string[] lines =
        [
            "await using var router = await VirtualRouter.StartAsync(new VirtualRouterOptions",
            "await foreach (var happened in router.WatchAsync(stop.Token))",
        ];
        foreach (var line in lines)
        {
            Assert.That(readme, Does.Contain(line));
            Assert.That(program, Does.Contain(line));
        }
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
