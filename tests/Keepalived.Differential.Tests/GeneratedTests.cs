using System.Globalization;
using Keepalived.Differential.Tests.Cases;
using Keepalived.Differential.Tests.Generation;
using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests;

/// <summary>
/// Generated configurations: what the original takes, ours takes, and what it refuses is refused. Where the original hangs or dies, ours
/// only has to come to a verdict.
/// </summary>
[TestFixture]
internal sealed class GeneratedTests
{
    private const int SeedsInATest = 50, Reported = 3, Refusal = 256;

    private static IEnumerable<TestCaseData> Ranges
    {
        get
        {
            var first = Number("KEEPALIVED_DIFFERENTIAL_SEED", 1);
            var end = first + Number("KEEPALIVED_DIFFERENTIAL_SEEDS", 500);
            for (var seed = first; seed < end; seed += SeedsInATest)
            {
                var last = Math.Min(seed + SeedsInATest, end) - 1;
                yield return new TestCaseData(seed, last).SetName($"Generated_{seed}_to_{last}");
            }
        }
    }

    [TestCaseSource(nameof(Ranges))]
    public void Generated_AnySeed_JudgedAsByTheOriginal(int first, int last)
    {
        TestBed.Require();
        var problems = new List<string>();
        for (var seed = first; seed <= last; seed++)
        {
            var configuration = Generator.Generate(seed);
            if (!Disagree(configuration))
                continue;
            if (problems.Count < Reported)
                configuration = Reduction.Reduce(configuration, Disagree);
            problems.Add(Disagreement.Describe($"seed {seed}", configuration, Original.Judge(configuration), Ours.Judge(configuration)));
        }
        if (problems.Count > 0)
            Assert.Fail(string.Join("\n\n", problems));
    }

    private static bool Disagree(ConfigurationCase configuration)
    {
        var ours = Ours.Judge(configuration);
        if (!ours.IsSound)
            return true;
        return !ours.IsStricter && Original.Judge(configuration) is { IsSound: true } real && Refuses(real) != Refuses(ours);
    }

    // Of several mistakes in one file it depends on the order of the original's passes, and on where it gives up, which of them decides
    // between 2, 4, 5 and 6.
    private static int Refuses(Verdict verdict) => verdict.ExitCode is 2 or 4 or 5 or 6 ? Refusal : verdict.ExitCode;

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
