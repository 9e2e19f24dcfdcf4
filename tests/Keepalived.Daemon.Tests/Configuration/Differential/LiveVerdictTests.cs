using System.Diagnostics;
using System.Globalization;
using Keepalived.Daemon.Configuration;

namespace Keepalived.Daemon.Tests.Configuration.Differential;

/// <summary>The same texts given to the keepalived of this machine, in a network namespace with two interfaces.</summary>
[NonParallelizable]
public sealed class LiveVerdictTests
{
    private const string Program = "/usr/sbin/keepalived";
    private const string Samples = "/usr/share/doc/keepalived/samples";
    private const int EveryNth = 9;

    private static readonly string Namespace = string.Create(CultureInfo.InvariantCulture, $"kdn-{Environment.ProcessId}-71");

    private string _directory = string.Empty;

    [OneTimeSetUp]
    public void MakeNamespace()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root");
        Assume.That(Run(Program, "--version").Output, Does.Contain("v2.2.7"), "needs keepalived 2.2.7");
        _directory = Directory.CreateTempSubdirectory("kdn-verdicts-").FullName;
        Assume.That(Run("ip", "netns", "add", Namespace).Code, Is.Zero, "needs network namespaces");
        Assume.That(Run("ip", "-n", Namespace, "link", "add", "eth0", "type", "veth", "peer", "name", "eth1").Code, Is.Zero, "needs veth");
        foreach (var name in new[] { "lo", "eth0", "eth1" })
            Run("ip", "-n", Namespace, "link", "set", name, "up");
    }

    [OneTimeTearDown]
    public void RemoveNamespace()
    {
        if (_directory.Length == 0)
            return;
        Run("ip", "netns", "del", Namespace);
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public void Recording_OfTexts_IsWhatTheOriginalSays()
    {
        var wrong = new List<string>();
        foreach (var verdict in Verdict.All.Where(static (verdict, index) => verdict.Real >= 0
            && (verdict.Block == "text" || index % EveryNth == 0)))
        {
            var (code, output) = Original(verdict.Text);
            if (code != verdict.Real)
                wrong.Add($"{verdict}: {code}, not {verdict.Real}\n{output}");
        }

        Assert.That(wrong, Is.Empty, string.Join("\n\n", wrong));
    }

    [Test]
    public void Samples_OfTheOriginal_HaveTheSameVerdict()
    {
        Assume.That(Directory.Exists(Samples), "needs the samples of the keepalived package");
        var wrong = new List<string>();
        foreach (var path in Directory.GetFiles(Samples, "keepalived.conf*").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(path);
            var ours = ConfigurationLoader.Load(Load.Options(text) with
            {
                Scripts = null,
                FindInterface = static name => name is "eth0" or "eth1" ? new InterfaceFacts(name) : null,
            });
            var (code, output) = Original(text);
            if (code != ours.TestExitCode)
                wrong.Add($"{path}: {ours.TestExitCode}, not {code}\n{output}\n{Load.Describe(ours)}");
        }

        Assert.That(wrong, Is.Empty, string.Join("\n\n", wrong));
    }

    private (int Code, string Output) Original(string text)
    {
        var path = Path.Combine(_directory, "test.conf");
        File.WriteAllText(path, text);
        return Run("ip", "netns", "exec", Namespace, Program, "-t", "-i", "myid", "-f", path);
    }

    private static (int Code, string Output) Run(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + error.Result;
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
