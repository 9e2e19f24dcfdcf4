using Keepalived.Differential.Tests.Cases;
using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests;

/// <summary>A sample of the corpus, judged by our program instead of the loader inside this process.</summary>
[TestFixture]
internal sealed class ProgramTests
{
    private const int EveryNth = 50;

    private static IEnumerable<TestCaseData> Some => Corpus.Cases.Where(static (_, index) => index % EveryNth == 0)
        .Select(static configuration => new TestCaseData(configuration).SetName($"Program_{configuration.Name}"));

    [TestCaseSource(nameof(Some))]
    public void Program_CaseOfTheCorpus_JudgesAsTheLoader(ConfigurationCase configuration)
    {
        TestBed.Require();
        var loader = Ours.Judge(configuration);
        var program = Ours.JudgeByProgram(configuration);
        Assert.That(program.ExitCode, Is.EqualTo(loader.ExitCode), $"the program says\n{program.Said}\nthe loader says\n{loader.Said}");
    }
}
