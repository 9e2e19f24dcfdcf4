using System.Diagnostics;
using System.Text.Json;

namespace Keepalived.Daemon.Tests.Processes;

/// <summary>What the program says of a configuration and of the language: <c>-t</c> with its forms, <c>--config-help</c>, <c>--config-schema</c>.</summary>
public sealed class ConfigurationCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private string _folder = "";

    private string Main => Path.Combine(_folder, "k.conf");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kdn-conf-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Help_OfAKeywordInSeveralBlocks_NamesEach()
    {
        var run = Run("--config-help", "interface");
        Assert.That(run.Output, Does.Contain("in vrrp_instance\n").And.Contain("in bfd_instance\n").And.Contain("in garp_group\n"));
        Assert.That((run.Errors, run.ExitCode), Is.EqualTo(("", 0)));
    }

    [Test]
    public void Help_OfAMisspeltKeyword_SaysWhatWasMeant()
    {
        var run = Run("--config-help=priorty");
        Assert.That((run.Output, run.ExitCode), Is.EqualTo(("", 1)));
        Assert.That(run.Errors, Is.EqualTo("keepalived: there is no keyword 'priorty'; did you mean 'priority'?\n"));
    }

    [TestCase("completely_different", "there is no keyword 'completely_different'\n")]
    [TestCase("priority nopreempt", "explains one keyword")]
    public void Help_ThatCannotBeGiven_IsAnError(string words, string message)
    {
        var run = Run(["--config-help", .. words.Split(' ')]);
        Assert.That((run.Output, run.ExitCode), Is.EqualTo(("", 1)));
        Assert.That(run.Errors, Does.Contain(message));
    }

    [Test]
    public void Help_OfNothing_ExplainsAll()
    {
        var run = Run("--config-help");
        Assert.That(run.Output, Does.StartWith("global_defs { ... }\n").And.Contain("\nvirtual_router_id 1..255\n").And.Contain("\ninclude PATTERN\n"));
        Assert.That((run.Errors, run.ExitCode), Is.EqualTo(("", 0)));
    }

    [Test]
    public void Schema_IsJson()
    {
        var run = Run("--config-schema");
        using var schema = JsonDocument.Parse(run.Output);
        Assert.That(schema.RootElement.GetProperty("blocks").GetProperty("vrrp_instance").GetArrayLength(), Is.GreaterThan(50));
        Assert.That((run.Errors, run.ExitCode), Is.EqualTo(("", 0)));
    }

    [Test]
    public void Json_OfARightConfiguration_IsAnEmptyArray()
    {
        var run = Test("global_defs {\nrouter_id a\n}\n", "--format=json");
        Assert.That((run.Output, run.Errors, run.ExitCode), Is.EqualTo(("[]\n", "", 0)));
    }

    [Test]
    public void Json_OfManyFindings_HasEach()
    {
        var run = Test(string.Concat(Enumerable.Range(1, 300).Select(static i => $"wrong{i} \"ü\\\n")), "--format", "json");
        var findings = Parse(run);
        Assert.That(findings.Count(static finding => finding.Code == "KC0301"), Is.EqualTo(300));
        Assert.That(findings.Select(static finding => finding.Line).Distinct(), Is.EqualTo(Enumerable.Range(1, 300)));
        Assert.That((run.Errors, run.ExitCode), Is.EqualTo(("", 5)));
    }

    [Test]
    public void Json_OfFindingsInIncludes_NamesTheirFiles()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "conf.d"));
        File.WriteAllText(Path.Combine(_folder, "conf.d", "a b.conf"), "global_defs {\n  include deep.inc\n}\n");
        File.WriteAllText(Path.Combine(_folder, "conf.d", "deep.inc"), "\nvrrp_version 9\n");
        var findings = Parse(Test("include conf.d/*.conf\nnonsense\n", "--format=json"));
        Assert.That(findings.Select(finding => (Path.GetRelativePath(_folder, Path.GetFullPath(finding.File, Path.Combine(_folder, "conf.d"))), finding.Line)),
            Is.EqualTo(new[] { ("conf.d/deep.inc", 2), ("k.conf", 2) }));
    }

    [TestCase("router_id a", 0)]
    [TestCase("vrrp_garp_master_delay", 2)]
    [TestCase("smtp_alert maybe", 5)]
    [TestCase("includem nofile", 6)]
    [TestCase("enable_dbus", 0, Description = "a notice")]
    public void Json_DoesNotChangeTheExitCode(string line, int exitCode)
    {
        var json = Test($"global_defs {{\n{line}\n}}\n", "--format=json");
        var text = Test($"global_defs {{\n{line}\n}}\n", "--format=text");
        Assert.That((json.ExitCode, text.ExitCode, text.Output), Is.EqualTo((exitCode, exitCode, "")));
        Assert.That(Parse(json), Has.Count.EqualTo(text.Errors.Split("KC").Length - 1));
    }

    [Test]
    public void Json_OfLinesWithSecrets_ShowsNone()
    {
        var run = Test("vrrp_instance VI {\nauthentication {\nauth_type PASS\nauth_pass hunter22hunter22 nonsense\nauth_pas hunter22\n}\n}\n",
            "--format=json");
        Assert.That(Parse(run), Has.Count.GreaterThan(1));
        Assert.That(run.Output, Does.Not.Contain("hunter22").And.Contain("***"));
    }

    [Test]
    public void Json_IntoALogFile_IsAddedThere()
    {
        var log = Path.Combine(_folder, "log");
        File.WriteAllText(Main, "nonsense\n");
        var run = Run($"-t{log}", "-f", Main, "--format=json");
        Assert.That((run.Output, run.Errors, run.ExitCode), Is.EqualTo(("", "", 5)));
        Assert.That(Parse((File.ReadAllText(log), "", 5)), Has.Count.EqualTo(1));
    }

    [Test]
    public void Json_OfANamespaceThatIsNotThere_SaysThatNothingWasTested()
    {
        var run = Test("net_namespace there_is_no_such_one\nnonsense\n", "--format=json");
        Assert.That(Parse(run).Select(static finding => finding.Code), Is.EqualTo(new[] { "KC0107" }));
        Assert.That(run.ExitCode, Is.Zero, "as the original");
    }

    [Test]
    public void Format_ThatThereIsNot_IsAnError()
    {
        var run = Test("", "--format=xml");
        Assert.That((run.Output, run.Errors, run.ExitCode), Is.EqualTo(("", "Unknown format 'xml': text or json\n", 1)));
    }

    private static List<(string Code, string File, int Line)> Parse((string Output, string Errors, int ExitCode) run)
    {
        using var findings = JsonDocument.Parse(run.Output);
        return [.. findings.RootElement.EnumerateArray().Select(static finding => (
            finding.GetProperty("code").GetString()!, finding.GetProperty("file").GetString()!, finding.GetProperty("line").GetInt32()))];
    }

    private (string Output, string Errors, int ExitCode) Test(string configuration, params string[] options)
    {
        File.WriteAllText(Main, configuration);
        return Run(["-t", "-f", Main, .. options]);
    }

    private static (string Output, string Errors, int ExitCode) Run(params string[] words)
    {
        var start = new ProcessStartInfo(BuiltDaemon.Program[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(Patience), Is.True, "the program ends");
        return (output, errors.GetAwaiter().GetResult(), process.ExitCode);
    }
}
