using Keepalived.Checkers.Http;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>Tries whether patterns can be used; each once, as many servers may have the same.</summary>
internal sealed class PatternChecker
{
    private readonly Dictionary<(string Pattern, string Options), string?> _known = [];

    /// <summary>Why a pattern cannot be used; null if it can.</summary>
    public string? WhyNot(string pattern, string[] options)
    {
        var key = (pattern, string.Join(' ', options));
        if (!_known.TryGetValue(key, out var problem))
            _known.Add(key, problem = Try(pattern, options));
        return problem;
    }

    private static string? Try(string pattern, string[] options)
    {
        try
        {
            _ = new HttpBodyRegex(PcrePattern.Translate(pattern, options, out var flags), flags);
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }
}
