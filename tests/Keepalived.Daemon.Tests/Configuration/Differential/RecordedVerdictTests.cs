using System.Text;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Tests.Configuration.Differential;

/// <summary>Our verdicts beside those that keepalived 2.2.7 gave, in this repository's recording.</summary>
public sealed class RecordedVerdictTests
{
    public static IEnumerable<string> Blocks => Verdict.All.Select(static verdict => verdict.Block).Distinct();

    [TestCaseSource(nameof(Blocks))]
    public void Verdicts_OfABlock_AreTheRecordedOnes(string block)
    {
        var wrong = new List<string>();
        foreach (var verdict in Verdict.All.Where(verdict => verdict.Block == block))
        {
            var result = Test(verdict.Text);
            if (result.TestExitCode != verdict.Ours)
                wrong.Add($"{verdict}: {result.TestExitCode}, not {verdict.Ours}\n{Load.Describe(result)}");
        }

        Assert.That(wrong, Is.Empty, string.Join("\n\n", wrong));
    }

    [Test]
    public void Differences_AreFewAndHaveReasons()
    {
        var different = Verdict.All.Where(static verdict => verdict.Real != verdict.Ours).ToList();
        Assert.That(Verdict.All, Has.Count.GreaterThan(1800));
        Assert.That(different, Has.Count.LessThan(70));
        Assert.That(different.Select(static verdict => verdict.Reason), Has.All.Not.Empty);
    }

    internal static ConfigurationResult Test(string text)
    {
        const uint executable = 0x81ed;
        const uint plain = 0x81a4;
        const uint directory = 0x41ed;
        var scripts = new FakeScripts();
        scripts.Files["/usr"] = scripts.Files["/usr/bin"] = new ScriptFileStatus(directory, 0, 0);
        scripts.Files["/usr/bin/true"] = scripts.Files["/usr/bin/false"] = new ScriptFileStatus(executable, 0, 0);
        scripts.Files["/etc"] = new ScriptFileStatus(directory, 0, 0);
        scripts.Files["/etc/passwd"] = new ScriptFileStatus(plain, 0, 0);
        var source = new MemorySource().Add(Load.Main, Encoding.UTF8.GetBytes(text)).Add("/etc/passwd", string.Empty)
            .Add("/usr/bin/true", string.Empty);
        source.Executable.Add("/usr/bin/true");
        return ConfigurationLoader.Load(Load.Options(text) with
        {
            Source = source,
            Scripts = scripts,
            FindInterface = static name => name is "eth0" or "eth1" ? new InterfaceFacts(name) : name == "lo"
            ? new InterfaceFacts(name, IsLoopback: true) : null,
        });
    }
}
