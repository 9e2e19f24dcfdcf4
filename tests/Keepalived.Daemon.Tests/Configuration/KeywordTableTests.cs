using System.Globalization;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Tests.Configuration;

/// <summary>What the table says of each keyword of every block, tried on the loader.</summary>
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

    [Test]
    public void Blocks_AllHaveATemplate()
    {
        foreach (var block in KeywordTable.Blocks.Where(static block => !block.IsList))
            Assert.That(KeywordTemplates.Knows(block.Name), block.Name);
    }

    public static IEnumerable<TestCaseData> Numbers() =>
        Cases(static keyword => keyword.Kind == ValueKind.Integer);

    [TestCaseSource(nameof(Numbers))]
    public void Number_InAndOutOfItsRange_IsTakenAndRefused(string block, string name)
    {
        var (min, max) = Find(block, name).Range!.Value;
        Assert.That(Faults(block, $"{name} {min}"), Has.None.EqualTo(ConfigurationFault.InvalidNumber), "the least");
        Assert.That(Faults(block, $"{name} {max}"), Has.None.EqualTo(ConfigurationFault.InvalidNumber), "the most");
        Assert.That(Faults(block, $"{name} {min - 1}"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "less");
        Assert.That(Faults(block, $"{name} {max + 1}"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "more");
        Assert.That(Faults(block, $"{name} abc"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "no number");
        Assert.That(Faults(block, $"{name} {min}x"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "something behind it");
    }

    public static IEnumerable<TestCaseData> Decimals() => Cases(static keyword => keyword.Kind == ValueKind.Decimal);

    [TestCaseSource(nameof(Decimals))]
    public void Decimal_InAndOutOfItsRange_IsTakenAndRefused(string block, string name)
    {
        var (min, max) = Find(block, name).Range!.Value;
        Assert.That(Faults(block, Line(name, min)), Has.None.EqualTo(ConfigurationFault.InvalidNumber), "the least");
        Assert.That(Faults(block, Line(name, max)), Has.None.EqualTo(ConfigurationFault.InvalidNumber), "the most");
        Assert.That(Faults(block, Line(name, max + 1)), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "more");
        Assert.That(Faults(block, $"{name} -1"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "negative");
        Assert.That(Faults(block, $"{name} abc"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "no number");
        if (min > 0)
            Assert.That(Faults(block, $"{name} 0"), Has.One.EqualTo(ConfigurationFault.InvalidNumber), "less");
    }

    public static IEnumerable<TestCaseData> Booleans() => Cases(static keyword => keyword.Kind == ValueKind.Boolean);

    [TestCaseSource(nameof(Booleans))]
    public void Boolean_OfEachWord_IsTaken_AndAnotherIsRefused(string block, string name)
    {
        foreach (var word in (string[])["on", "true", "yes", "off", "false", "no", ""])
            Assert.That(Codes(block, $"{name} {word}"), Has.None.EqualTo(DiagnosticCodes.UnknownOption), word);
        foreach (var word in (string[])["ON", "1", "maybe"])
            Assert.That(Codes(block, $"{name} {word}"), Has.Some.EqualTo(DiagnosticCodes.UnknownOption), word);
    }

    public static IEnumerable<TestCaseData> Choices() => Cases(static keyword => keyword.Kind == ValueKind.Choice);

    [TestCaseSource(nameof(Choices))]
    public void Choice_OfEachWord_IsTaken_AndAnotherIsRefused(string block, string name)
    {
        var keyword = Find(block, name);
        Assert.That(keyword.Choices, Is.Not.Empty);
        foreach (var word in keyword.Choices)
            Assert.That(Codes(block, $"{name} {word}"), Has.None.EqualTo(DiagnosticCodes.UnknownOption), word);
        Assert.That(Codes(block, $"{name} nonsense"), Has.Some.EqualTo(DiagnosticCodes.UnknownOption));
    }

    public static IEnumerable<TestCaseData> Addresses() => Cases(static keyword => keyword.Kind == ValueKind.Address);

    [TestCaseSource(nameof(Addresses))]
    public void Address_ThatIsNone_IsRefused(string block, string name)
    {
        Assert.That(Codes(block, $"{name} 10.0.0.300"), Has.Some.EqualTo(DiagnosticCodes.InvalidValue));
        Assert.That(Codes(block, $"{name} nonsense"), Has.Some.EqualTo(DiagnosticCodes.InvalidValue));
        Assert.That(((string[])["224.0.0.18", "ff02::12", "10.0.0.7", "2001:db8::7"])
            .Any(address => !Codes(block, $"{name} {address}").Contains(DiagnosticCodes.InvalidValue)), "one of them is taken");
    }

    public static IEnumerable<TestCaseData> Examples() => KeywordTable.Blocks.Where(static block => !block.IsList)
        .SelectMany(static block => block.Keywords)
        .Where(static keyword => keyword.Kind is ValueKind.Words or ValueKind.Word or ValueKind.List or ValueKind.Secret)
        .Select(static keyword => new TestCaseData(keyword.Block.Name, keyword.Name).SetArgDisplayNames(keyword.Block.Name, keyword.Name));

    [TestCaseSource(nameof(Examples))]
    public void Words_OfTheExamples_AreTakenAndRefused(string block, string name)
    {
        Assert.That(KeywordExamples.Find(block, name), Is.Not.Null, "the keyword has examples");
        var (taken, refused) = KeywordExamples.Find(block, name)!.Value;
        var before = Complaints(block, string.Empty);
        Assert.That(taken.Length + refused.Length, Is.Positive);
        foreach (var line in taken)
            Assert.That(Complaints(block, line).Except(before), Is.Empty, line);
        foreach (var line in refused)
            Assert.That(Complaints(block, line).Except(before), Is.Not.Empty, line);
    }

    [Test]
    public void Examples_AreOfKeywordsThatThereAre()
    {
        foreach (var name in KeywordExamples.Names)
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var (block, keyword) = (name[..dot], name[(dot + 1)..]);
            Assert.That(KeywordTable.Blocks.Any(known => (block == "*" || block == known.Name) && known.Find(keyword) is not null), name);
        }
    }

    public static IEnumerable<TestCaseData> Scripts() => Cases(static keyword => keyword.Kind == ValueKind.Script);

    [TestCaseSource(nameof(Scripts))]
    public void Script_ThatIsNotThere_IsReported_AndAnotherIsTaken(string block, string name)
    {
        // Scripts are looked at where something would run them.
        const string router = "vrrp_instance {0} {\ninterface eth0\nvirtual_router_id 9\nvirtual_ipaddress {\n10.0.0.9\n}\ntrack_script {\nx\n}\n}\n";
        var others = router.Replace("{0}", "a", StringComparison.Ordinal) + router.Replace("{0}", "b", StringComparison.Ordinal).Replace(" 9\n", " 8\n", StringComparison.Ordinal)
            + "virtual_server 10.0.0.8 80 {\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\nreal_server 10.0.0.2 80 {\n}\n}\n";
        var beside = block switch
        {
            "vrrp_sync_group" => "group {\na\nb\n}\n",
            "virtual_server" => "real_server 10.0.0.2 80 {\n}\n",
            "global_defs" when name.EndsWith("_fifo_script", StringComparison.Ordinal) => $"{name[..^"_script".Length]} /tmp/fifo\n",
            _ => string.Empty,
        };
        Assert.That(Complaints($"{name} \"/bin/true a\""), Is.Empty);
        Assert.That(Complaints($"{name} \"/no/such/script a\""), Is.Not.Empty);

        IEnumerable<string> Complaints(string line)
        {
            const string secure = "global_defs {\nenable_script_security\nscript_user root\n}\n";
            var before = Describe(Load.Text(secure + KeywordTemplates.Render(block, beside) + "\n" + others));
            return Describe(Load.Text(secure + KeywordTemplates.Render(block, beside + line) + "\n" + others)).Except(before);
        }
    }

    public static IEnumerable<TestCaseData> AllLines() => Cases(static _ => true);

    [TestCaseSource(nameof(AllLines))]
    public void Keyword_WithoutParameter_IsWhatTheTableSays(string block, string name)
    {
        var without = Find(block, name).WithoutParameter;
        var result = Load.Text(KeywordTemplates.Render(block, name));
        var missing = result.Diagnostics.Where(static d => d.Code == DiagnosticCodes.MissingParameter).ToList();
        Assert.That(missing, Has.Count.EqualTo(without is WithoutParameter.Fatal or WithoutParameter.Error ? 1 : 0), Load.Describe(result));
        Assert.That(result.TestExitCode == 2, Is.EqualTo(without == WithoutParameter.Fatal), Load.Describe(result));
    }

    public static IEnumerable<TestCaseData> AllKeywords() => KeywordTable.Blocks.Where(static block => !block.IsList)
        .SelectMany(static block => block.Keywords)
        .Select(static keyword => new TestCaseData(keyword.Block.Name, keyword.Name).SetArgDisplayNames(keyword.Block.Name, keyword.Name));

    [TestCaseSource(nameof(AllKeywords))]
    public void Keyword_InAForeignBlock_IsUnknown(string block, string name)
    {
        var foreign = new[] { "garp_group", "bfd_instance", "vrrp_script" }.First(candidate =>
            candidate != block && KeywordTable.Blocks.First(known => known.Name == candidate).Find(name) is null);
        var unknown = Load.Text($"{foreign} x {{\n{name} 1\n}}").Diagnostics.Where(static d => d.Code == DiagnosticCodes.UnknownKeyword)
            .ToList();
        Assert.That(unknown, Has.Count.EqualTo(1));
        Assert.That(unknown[0].Expected, Does.Contain(block == "root" ? "outside any block" : block), "where it belongs is said");
    }

    [TestCaseSource(nameof(AllKeywords))]
    public void Keyword_WithALetterWrong_IsGuessed(string block, string name)
    {
        var wrong = name.Length < 4 ? name + "~" : name[..3] + "~" + name[4..];
        var finding = Load.Text(KeywordTemplates.Render(block, wrong)).Diagnostics.First(static d => d.Code == DiagnosticCodes.UnknownKeyword);
        Assert.That(finding.Suggestion, Is.Not.Null);
        Assert.That(Suggestions.Distance(wrong, finding.Suggestion), Is.EqualTo(1), "the keyword itself, or one as near");
    }

    private static IEnumerable<TestCaseData> Cases(Func<Keyword, bool> isWanted) => KeywordTable.Blocks
        .Where(static block => !block.IsList).SelectMany(static block => block.Keywords)
        .Where(keyword => keyword.Opens is null && keyword.Block != KeywordTable.Root && isWanted(keyword))
        .Select(static keyword => new TestCaseData(keyword.Block.Name, keyword.Name).SetArgDisplayNames(keyword.Block.Name, keyword.Name));

    private static Keyword Find(string block, string name) => KeywordTable.Blocks.First(known => known.Name == block).Find(name)!;

    private static string Line(string name, decimal value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} {value.ToString("0.######", CultureInfo.InvariantCulture)}");

    private static List<string> Complaints(string block, string line) => Describe(Load.Text(KeywordTemplates.Render(block, line)));

    // Without places: what is complained of anyway stands on another line.
    private static List<string> Describe(ConfigurationResult result) =>
        [.. result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => $"{d.Code} {d.Message}")];

    private static IEnumerable<ConfigurationFault> Faults(string block, string line) =>
        Load.Text(KeywordTemplates.Render(block, line)).Diagnostics.Select(static d => d.Fault);

    private static IEnumerable<DiagnosticCode> Codes(string block, string line) =>
        Load.Text(KeywordTemplates.Render(block, line)).Diagnostics.Select(static d => d.Code);
}
