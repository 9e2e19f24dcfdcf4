using System.Text;
using Keepalived.Differential.Tests.Cases;

namespace Keepalived.Differential.Tests.Generation;

/// <summary>Makes a configuration that shows something as small as it can within a number of attempts.</summary>
internal static class Reduction
{
    private const int Attempts = 250;

    public static ConfigurationCase Reduce(ConfigurationCase configuration, Func<ConfigurationCase, bool> shows)
    {
        var left = Attempts;
        foreach (var separator in (string[])["\n", " "])
        {
            var parts = Encoding.UTF8.GetString(configuration.Main!).Split(separator);
            for (var size = Math.Max(1, parts.Length / 2); size > 0; size /= 2)
            {
                for (var at = 0; at < parts.Length && left > 0;)
                {
                    string[] fewer = [.. parts[..at], .. parts[Math.Min(parts.Length, at + size)..]];
                    var candidate = configuration with { Main = Encoding.UTF8.GetBytes(string.Join(separator, fewer)) };
                    left--;
                    if (shows(candidate))
                        (parts, configuration) = (fewer, candidate);
                    else
                        at += size;
                }
            }
        }
        return configuration;
    }
}
