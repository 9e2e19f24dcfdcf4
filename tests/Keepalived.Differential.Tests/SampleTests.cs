using Keepalived.Differential.Tests.Cases;
using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests;

/// <summary>The sample files of the original's package.</summary>
[TestFixture]
internal sealed class SampleTests
{
    private const string Folder = "/usr/share/doc/keepalived/samples";

    private static IEnumerable<TestCaseData> All => !Directory.Exists(Folder) ? [new TestCaseData("").SetName("Sample_none")]
        : Directory.GetFiles(Folder, "keepalived.conf*").Order(StringComparer.Ordinal)
            .Select(static path => new TestCaseData(path).SetName($"Sample_{Path.GetFileName(path)}"));

    [TestCaseSource(nameof(All))]
    public void Sample_OfTheOriginal_JudgedAsByTheOriginal(string path)
    {
        TestBed.Require();
        if (path.Length == 0)
            Assert.Inconclusive("the package's samples are not installed");
        var configuration = new ConfigurationCase { Name = Path.GetFileName(path), Main = SampleFile.Read(path) };
        if (Disagreement.Of(configuration, Original.Judge(configuration), Ours.Judge(configuration)) is { } problem)
            Assert.Fail(problem);
    }
}
