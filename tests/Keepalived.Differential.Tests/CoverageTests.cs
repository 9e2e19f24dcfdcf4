using System.Text.RegularExpressions;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests;

/// <summary>The corpus uses every keyword, and every difference in it has a reason.</summary>
[TestFixture]
internal sealed partial class CoverageTests
{
    [Test]
    public void Corpus_OfAllKeywords_UsesEach()
    {
        var words = Corpus.Cases.Where(static configuration => configuration.Main is not null)
            .SelectMany(static configuration => Word().Matches(System.Text.Encoding.Latin1.GetString(configuration.Main!)))
            .Select(static word => word.Value).ToHashSet();
        var unused = KeywordTable.Keywords.Where(keyword => !words.Contains(keyword.Name));
        Assert.That(unused.Select(static keyword => $"{keyword.Block}: {keyword}"), Is.Empty);
    }

    [Test]
    public void Differences_OfTheCorpus_AreThoseOfTheDocumentation()
    {
        var used = Corpus.Cases.Select(static configuration => configuration.Difference).OfType<ExpectedDifference>()
            .Where(static difference => !difference.IsGap).Select(static difference => difference.Reason).Distinct();
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "compatibility.md"));
        var documented = Reason().Matches(page).Select(static match => match.Groups[1].Value);
        Assert.That(used, Is.EquivalentTo(documented));
    }

    [GeneratedRegex(@"[\w+-]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| (D\d+) ", RegexOptions.Multiline)]
    private static partial Regex Reason();
}
