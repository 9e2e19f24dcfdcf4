using System.Runtime.CompilerServices;

namespace Keepalived.Kernel.Tests.Differential;

/// <summary>A configuration, and perhaps another that it is changed to, of <c>Configurations/tables.conf</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">The configuration at the start.</param>
/// <param name="Second">The one after a reload; null for none.</param>
public sealed record TableCase(string Name, string First, string? Second)
{
    private const string CaseMark = "=== ";
    private const string ReloadMark = "--- reload\n";

    public static IEnumerable<TestCaseData> All() => File.ReadAllText(Path.Combine(Folder(), "../Configurations/tables.conf"))
        .Split(CaseMark, StringSplitOptions.RemoveEmptyEntries).Select(static text =>
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var parts = text[(end + 1)..].Split(ReloadMark);
            return new TestCaseData(new TableCase(text[..end], parts[0], parts.ElementAtOrDefault(1))).SetArgDisplayNames(text[..end]);
        });

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
