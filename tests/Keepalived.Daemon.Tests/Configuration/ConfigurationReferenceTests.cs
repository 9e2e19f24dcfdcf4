using System.Runtime.CompilerServices;
using System.Text.Json;
using Keepalived.Daemon.Configuration.Documentation;
using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Tests.Configuration;

public sealed class ConfigurationReferenceTests
{
    [Test]
    public void Reference_InDocs_IsWhatTheTableSays() => Hold("configuration.md", ConfigurationReference.ToMarkdown());

    [Test]
    public void Schema_InDocs_IsWhatTheTableSays() => Hold("keepalived.schema.json", ConfigurationSchema.ToJson());

    [Test]
    public void Schema_HasEveryKeywordOfEveryBlock()
    {
        using var schema = JsonDocument.Parse(ConfigurationSchema.ToJson());
        var blocks = schema.RootElement.GetProperty("blocks");
        foreach (var block in KeywordTable.Blocks.Where(static block => !block.IsList))
        {
            var names = blocks.GetProperty(block.Name).EnumerateArray().Select(static keyword => keyword.GetProperty("name").GetString());
            Assert.That(names, Is.EquivalentTo(block.Names), block.Name);
        }

        var id = blocks.GetProperty("vrrp_instance").EnumerateArray()
            .Single(static keyword => keyword.GetProperty("name").GetString() == "virtual_router_id");
        Assert.That((id.GetProperty("type").GetString(), id.GetProperty("minimum").GetInt32(), id.GetProperty("maximum").GetInt32()),
            Is.EqualTo(("integer", 1, 255)));
    }

    [Test]
    public void Explanation_OfEverything_NamesEveryKeyword()
    {
        var text = ConfigurationReference.ExplainAll();
        foreach (var keyword in KeywordTable.Keywords)
            Assert.That(text, Does.Contain($"{keyword.Name} {keyword.Parameters}".TrimEnd() + "\n"));
    }

    [Test]
    public void Suggestion_ForAWrongKeyword_IsTheNearest() =>
        Assert.That(ConfigurationReference.Suggest("virtual_ruoter_id"), Is.EqualTo("virtual_router_id"));

    [Test]
    public void Suggestion_ForAWrongDirective_IsTheNearest() =>
        Assert.That(ConfigurationReference.Suggest("inclde"), Is.EqualTo("include"));

    [Test]
    public void Explanation_OfAKeyword_HasWhatThereIsToKnow() =>
        Assert.That(ConfigurationReference.Explain("vrrp_garp_master_delay"),
            Is.EqualTo("vrrp_garp_master_delay 0..4294\n    in global_defs, since 1.2.20\n"
            + "    When gratuitous ARP is sent a second time after becoming master; 0: not at all.\n    default: 5 s\n"
            + "    without its parameter nothing starts\n"));

    [Test]
    public void Explanation_OfABlock_ListsItsKeywords() =>
        Assert.That(ConfigurationReference.Explain("authentication"), Does.Contain("    keywords: auth_pass auth_type\n"));

    [TestCase("include", "include PATTERN\n    of the language itself\n")]
    [TestCase("~SEQ", "~SEQ(NAME, [START, [STEP,]] END) LINE\n")]
    [TestCase("_RANDOM", "${_RANDOM [MIN [MAX]]}\n")]
    public void Explanation_OfTheLanguage_IsThereToo(string word, string start) =>
        Assert.That(ConfigurationReference.Explain(word), Does.StartWith(start));

    [Test]
    public void Explanation_OfNoKeyword_IsNone() => Assert.That(ConfigurationReference.Explain("no_such_keyword"), Is.Null);

    private static void Hold(string file, string expected)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs", file));
        if (Environment.GetEnvironmentVariable("KEEPALIVED_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, expected);
        Assert.That(File.ReadAllText(path), Is.EqualTo(expected), "KEEPALIVED_UPDATE_GOLDEN=1 writes it again");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
