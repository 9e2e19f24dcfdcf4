using System.Runtime.CompilerServices;

namespace Keepalived.Kernel.Tests.Differential;

/// <summary>A configuration, and perhaps another that it is changed to, of <c>Configurations/tables.conf</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">The configuration at the start.</param>
/// <param name="Second">The one after a reload; null for none.</param>
/// <param name="Leftovers">What the original does not remove at its end, in the words of ipvsadm.</param>
public sealed record TableCase(string Name, string First, string? Second, IReadOnlyList<string> Leftovers)
{
    /// <summary>One of each kind: the machine is slow, and the others are for those who work on tables.</summary>
    private static readonly string[] InEveryRun =
    [
        "scheduler-wrr", "method-gue-csum", "method-of-a-server", "persistence-ipv6", "mh-port", "fwmark-ipv6", "all-down-sorry-inhibit",
        "quorum-hysteresis", "group", "reload-server-added", "reload-scheduler-changed", "reload-group-member-added",
    ];

    private const string CaseMark = "=== ";
    private const string ReloadMark = "--- reload\n";
    private const string LeftoversMark = "--- the original leaves\n";

    public static IEnumerable<TestCaseData> All() => File.ReadAllText(Path.Combine(Folder(), "../Configurations/tables.conf"))
        .Split(CaseMark, StringSplitOptions.RemoveEmptyEntries).Select(static text =>
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var parts = text[(end + 1)..].Split(LeftoversMark);
            var leftovers = parts.ElementAtOrDefault(1)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
            var configurations = parts[0].Split(ReloadMark);
            var read = new TableCase(text[..end], configurations[0], configurations.ElementAtOrDefault(1), leftovers);
            var data = new TestCaseData(read).SetArgDisplayNames(read.Name);
            return InEveryRun.Contains(read.Name) ? data : data.Explicit("all take a quarter of an hour: --filter FullyQualifiedName~TableDifferential");
        });

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
