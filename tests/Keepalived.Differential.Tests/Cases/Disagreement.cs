using System.Text;
using Keepalived.Differential.Tests.Lab;

namespace Keepalived.Differential.Tests.Cases;

/// <summary>Whether two verdicts are as they should be.</summary>
internal static class Disagreement
{
    /// <summary>What is wrong with the two verdicts; null if nothing is.</summary>
    public static string? Of(ConfigurationCase configuration, Verdict real, Verdict ours)
    {
        if (configuration.Difference is not { } difference)
        {
            return real.ExitCode == ours.ExitCode ? null
                : Describe("different", configuration, real, ours);
        }
        if (difference.IsGap && real.ExitCode == ours.ExitCode)
            return null;
        if (ours.ExitCode != difference.ExitCode)
            return Describe($"to be {difference.ExitCode} for {difference.Reason}", configuration, real, ours);
        return real.ExitCode != ours.ExitCode ? null
            : Describe($"no difference, although {difference.Reason} is given for one", configuration, real, ours);
    }

    /// <summary>A configuration and what both say about it.</summary>
    public static string Describe(string problem, ConfigurationCase configuration, Verdict real, Verdict ours) =>
        $"""
        {problem}: the original {real}, ours {ours}
        --- the configuration{(configuration.Arguments.Count == 0 ? "" : $" ({string.Join(' ', configuration.Arguments)})")}
        {Shown(configuration.Main)}{string.Concat(configuration.Files.Select(static file => $"\n--- {file.Path}\n{Shown(file.Content)}"))}
        --- the original says
        {real.Said}
        --- ours says
        {ours.Said}
        """;

    private static string Shown(byte[]? text)
    {
        const int limit = 3000;
        return text is null ? "(no file)" : Encoding.Latin1.GetString(text, 0, Math.Min(text.Length, limit));
    }
}
