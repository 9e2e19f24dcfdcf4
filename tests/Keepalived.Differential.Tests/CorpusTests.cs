using Keepalived.Differential.Tests.Cases;
using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests;

/// <summary>The hand-written configurations: the same verdict, or the difference that is written beside them.</summary>
[TestFixture]
internal sealed class CorpusTests
{
    private static IEnumerable<TestCaseData> All => Corpus.Cases.Select(static (configuration, index) =>
        new TestCaseData(configuration).SetName($"Corpus_{index + 1:0000}_{configuration.Name}"));

    [TestCaseSource(nameof(All))]
    public void Corpus_AnyCase_JudgedAsByTheOriginal(ConfigurationCase configuration)
    {
        TestBed.Require();
        var real = Original.Judge(configuration);
        var ours = Ours.Judge(configuration);
        if (Disagreement.Of(configuration, real, ours) is { } problem)
            Assert.Fail(problem);
    }
}
