namespace Keepalived.Interop.Tests.Lab;

/// <summary>
/// Who plays whom. The suite proves ours: against the real one in both roles, and against itself. With <c>KEEPALIVED_INTEROP_ORACLE=1</c>
/// it proves the scenarios instead: the real one on every side.
/// </summary>
internal static class Pairs
{
    public static bool Oracle => Environment.GetEnvironmentVariable("KEEPALIVED_INTEROP_ORACLE") == "1";

    /// <summary>First and second router of a scenario.</summary>
    public static IEnumerable<TestCaseData> All => Oracle
        ? [Pair(Build.Real, Build.Real)]
        : [Pair(Build.Ours, Build.Real), Pair(Build.Real, Build.Ours), Pair(Build.Ours, Build.Ours)];

    /// <summary>Pairs in which the first router is ours, for what only we promise of it.</summary>
    public static IEnumerable<TestCaseData> OursFirst => Oracle ? [] : [Pair(Build.Ours, Build.Real), Pair(Build.Ours, Build.Ours)];

    /// <summary>Ours twice, for what this real one does not know.</summary>
    public static IEnumerable<TestCaseData> OursOnly => Oracle ? [] : [Pair(Build.Ours, Build.Ours)];

    /// <summary>A scenario of one router.</summary>
    public static IEnumerable<TestCaseData> Single => [new TestCaseData(Oracle ? Build.Real : Build.Ours)];

    private static TestCaseData Pair(Build first, Build second) => new(first, second);
}
