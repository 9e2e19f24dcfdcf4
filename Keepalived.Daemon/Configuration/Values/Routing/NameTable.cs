using System.Globalization;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <summary>Names for numbers, as the files of iproute2 give them: lines of a number and a name.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);

    // They stay what the kernel means by them, as with iproute2: FRR installs a second "static" for itself.
    private readonly HashSet<string> _builtIn = new(StringComparer.Ordinal);

    /// <summary>A table with names that everybody knows.</summary>
    public NameTable(params ReadOnlySpan<(string Name, int Number)> builtIn)
    {
        foreach (var (name, number) in builtIn)
        {
            _numbers[name] = (uint)number;
            _builtIn.Add(name);
        }
    }

    /// <summary>All names, for suggestions.</summary>
    public string[] Names => [.. _numbers.Keys];

    /// <summary>Takes the lines of a file; those that are something else are ignored, as by iproute2.</summary>
    public void Add(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line.AsSpan();
            if (text.IndexOf('#') is >= 0 and var comment)
                text = text[..comment];
            text = text.Trim();
            var end = text.IndexOfAny(' ', '\t');
            if (end < 0 || !Integers.TryParseAnyBase(text[..end], out var number) || number is < 0 or > uint.MaxValue)
                continue;
            var name = text[end..].Trim();
            if (!name.IsEmpty && !name.ContainsAny(' ', '\t') && !_builtIn.Contains(name.ToString()))
                _numbers[name.ToString()] = (uint)number;
        }
    }

    /// <summary>The number of a name, or a number in any C base.</summary>
    /// <returns>Whether it is either, and at most <paramref name="max"/>.</returns>
    public bool TryFind(string text, uint max, out uint number)
    {
        if (_numbers.TryGetValue(text, out number))
            return number <= max;
        var ok = Integers.TryParseAnyBase(text, out var parsed) && parsed >= 0 && parsed <= max;
        number = ok ? (uint)parsed : 0;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_numbers.Count} names");
}
