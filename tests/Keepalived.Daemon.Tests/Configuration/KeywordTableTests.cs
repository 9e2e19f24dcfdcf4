using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What the table says of each keyword, tried on the loader.</summary>
public sealed class KeywordTableTests
{
    private static readonly KeywordStatus[] Working = [KeywordStatus.Active, KeywordStatus.NotActiveYet, KeywordStatus.Accepted];

    [Test]
    public void Keywords_HaveDescriptions()
    {
        Assert.That(KeywordTable.Keywords, Has.Count.GreaterThan(400));
        foreach (var keyword in KeywordTable.Keywords)
        {
            Assert.That(keyword.Help, Does.Match("^[A-Z].*[.]$"), keyword.Name);
            Assert.That(keyword.Since, Is.Null.Or.Match(@"^\d+\.\d+(\.\d+)?$"), keyword.Name);
            Assert.That(Working, Does.Contain(keyword.Status));
        }
    }

    [Test]
    public void Globals_AreComplete()
    {
        var blocks = RootKeywords.Block.Keywords.Take(8).Select(static keyword => keyword.Name);
        Assert.That(GlobalKeywords.Block.Keywords, Has.Count.EqualTo(143), "the 140 keywords of global_defs, vrrp_drift_repair, lvs_repair_interval and shared_probes");
        Assert.That(blocks, Is.EqualTo(new[]
        {
            "global_defs", "net_namespace", "net_namespace_ipvs", "namespace_with_ipsets", "instance", "use_pid_dir", "child_wait_time",
                "linkbeat_use_polling",
        }));
    }

    [Test]
    public void Replacements_AreKeywords()
    {
        foreach (var keyword in KeywordTable.Keywords.Where(static keyword => keyword.ReplacedBy is not null))
            Assert.That(KeywordTable.Blocks.Any(block => block.Find(keyword.ReplacedBy!) is not null), keyword.Name);
    }

    public static IEnumerable<TestCaseData> Numbers()
    {
        foreach (var keyword in Lines())
        {
            if (keyword is Keyword<int> { Syntax: NumberSyntax<int> number })
                yield return new TestCaseData(keyword.Block.Name, keyword.Name, (long)number.Min, (long)number.Max)
                    .SetArgDisplayNames(keyword.Block.Name, keyword.Name);
            else if (keyword is Keyword<uint> { Syntax: NumberSyntax<uint> unsigned })
                yield return new TestCaseData(keyword.Block.Name, keyword.Name, (long)unsigned.Min, (long)unsigned.Max)
                    .SetArgDisplayNames(keyword.Block.Name, keyword.Name);
        }
    }

    [TestCaseSource(nameof(Numbers))]
    public void Number_InAndOutOfItsRange_IsTakenAndRefused(string block, string name, long min, long max)
    {
        Assert.That(Faults(block, $"{name} {min}"), Has.None.EqualTo(ConfigurationFault.InvalidNumber), "the least");
        Assert.That(Faults(block, $"{name} {max}"), Has.None.EqualTo(ConfigurationFault.InvalidNumber), "the most");
        Assert.That(Faults(block, $"{name} {min - 1}"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "less");
        Assert.That(Faults(block, $"{name} {max + 1}"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "more");
        Assert.That(Faults(block, $"{name} abc"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "no number");
    }

    public static IEnumerable<TestCaseData> AllLines() =>
        Lines().Select(static keyword => new TestCaseData(keyword.Block.Name, keyword.Name, keyword.WithoutParameter)
            .SetArgDisplayNames(keyword.Block.Name, keyword.Name));

    [TestCaseSource(nameof(AllLines))]
    public void Keyword_WithoutParameter_IsWhatTheTableSays(string block, string name, WithoutParameter without)
    {
        var result = Load.Text(Render(block, name));
        var missing = result.Diagnostics.Where(static d => d.Code == DiagnosticCodes.MissingParameter).ToList();
        Assert.That(missing, Has.Count.EqualTo(without is WithoutParameter.Fatal or WithoutParameter.Error ? 1 : 0));
        Assert.That(result.TestExitCode == 2, Is.EqualTo(without == WithoutParameter.Fatal));
    }

    [TestCaseSource(nameof(AllLines))]
    public void Keyword_InAForeignBlock_IsUnknown(string block, string name, WithoutParameter without)
    {
        _ = without;
        var foreign = new[] { "garp_group", "bfd_instance", "vrrp_script" }.First(candidate =>
            candidate != block && KeywordTable.Blocks.First(known => known.Name == candidate).Find(name) is null);
        var unknown = Load.Text($"{foreign} x {{\n{name} 1\n}}").Diagnostics.Where(static d => d.Code == DiagnosticCodes.UnknownKeyword)
            .ToList();
        Assert.That(unknown, Has.Count.EqualTo(1));
    }

    private static IEnumerable<Keyword> Lines() => KeywordTable.Blocks
        .Where(static block => block.Name is "global_defs" or "vrrp_instance" or "vrrp_script" or "bfd_instance")
        .SelectMany(static block => block.Keywords).Where(static keyword => keyword.Opens is null);

    private static string Render(string block, string line) => block switch
    {
        "vrrp_instance" => $"vrrp_instance x {{\ninterface eth0\nvirtual_router_id 1\n{line}\n}}",
        "vrrp_script" => $"vrrp_script x {{\nscript /bin/true\n{line}\n}}",
        _ => $"{block} x {{\n{line}\n}}",
    };

    private static IEnumerable<ConfigurationFault> Faults(string block, string line) => Load.Text(Render(block, line))
        .Diagnostics.Select(static d => d.Fault);
}
