namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The head of a <c>~SEQ</c>, <c>~SEQx</c> or <c>~LST</c>.</summary>
internal sealed class Generator
{
    private const int MaxArguments = 63;
    private const long MaxNumber = 1L << 53;

    private Generator(string[] variables, int textStart) => (Variables, TextStart) = (variables, textStart);

    public string[] Variables { get; }

    /// <summary>Where the text that is generated begins in the line.</summary>
    public int TextStart { get; }

    public bool IsHex { get; private init; }

    public long First { get; private init; }

    public long Step { get; private init; }

    public long Count { get; private init; }

    /// <summary>The values of a <c>~LST</c>, one set a turn; null for a sequence.</summary>
    public IReadOnlyList<string[]>? Sets { get; private init; }

    /// <summary>Whether a line starts as a generator does, well formed or not.</summary>
    public static bool IsStart(ReadOnlySpan<char> text) => text.StartsWith("~SEQ") || text.StartsWith("~LST");

    /// <summary>Parses a line that <see cref="IsStart"/> holds for; null with an explanation if it is malformed.</summary>
    public static Generator? Parse(ReadOnlySpan<char> text, Func<string, string> expand, out string error)
    {
        var isList = text.StartsWith("~LST");
        var isHex = text.StartsWith("~SEQx");
        var open = isHex ? 5 : 4;
        while (open < text.Length && text[open] is ' ' or '\t')
            open++;
        error = "an opening parenthesis must follow";
        if (open >= text.Length || text[open] != '(')
            return null;
        var length = text[open..].IndexOf(')');
        error = "the closing parenthesis is missing";
        if (length < 0)
            return null;
        var arguments = text.Slice(open + 1, length - 1);
        var after = open + length + 1;
        while (after < text.Length && text[after] is ' ' or '\t')
            after++;
        return isList ? ParseList(arguments, after, out error) : ParseSequence(arguments.ToString(), after, isHex, expand, out error);
    }

    private static Generator? ParseSequence(string arguments, int after, bool isHex, Func<string, string> expand, out string error)
    {
        error = "the variable's name is missing or malformed";
        var comma = arguments.IndexOf(',', StringComparison.Ordinal);
        var name = (comma < 0 ? arguments : arguments[..comma]).Trim(' ', '\t');
        if (!References.IsName(name))
            return null;
        error = "one to three numbers must follow the variable";
        if (comma < 0)
            return null;
        if (arguments.Length > MaxArguments)
        {
            error = "the arguments are too long";
            return null;
        }

        var parts = expand(arguments[(comma + 1)..]).Split(',');
        if (parts.Length > 3)
            return null;
        Span<long> numbers = stackalloc long[3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (TryParseNumber(parts[i].AsSpan().Trim(" \t"), out numbers[i]))
                continue;
            error = $"'{parts[i].Trim()}' is not a number";
            return null;
        }

        var (start, step, end) = parts.Length switch
        {
            1 => (numbers[0] >= 0 ? 1 : -1, numbers[0] >= 1 ? 1 : -1, numbers[0]),
            2 => (numbers[0], numbers[1] >= numbers[0] ? 1 : -1, numbers[1]),
            _ => (numbers[0], numbers[1], numbers[2]),
        };
        error = "the step leads away from the end";
        if (step == 0 || (end - start) / step < 0 || (end != start && end > start != step > 0))
            return null;
        error = "a hexadecimal sequence cannot be negative";
        if (isHex && (start < 0 || end < 0))
            return null;
        return new Generator([name], after) { IsHex = isHex, First = start, Step = step, Count = ((end - start) / step) + 1 };
    }

    private static Generator? ParseList(ReadOnlySpan<char> arguments, int after, out string error)
    {
        error = "the variable's name is missing or malformed";
        if (!TryTakeSet(ref arguments, out var variables) || !Array.TrueForAll(variables, static name => References.IsName(name)))
            return null;
        var sets = new List<string[]>();
        while (!arguments.IsEmpty)
        {
            arguments = arguments[1..];
            error = "a value is malformed: blanks, commas and brackets cannot be part of one";
            if (!TryTakeSet(ref arguments, out var values))
                return null;
            error = $"{values.Length} values for {variables.Length} variables";
            if (values.Length > variables.Length)
                return null;
            Array.Resize(ref values, variables.Length);
            sets.Add(Array.ConvertAll(values, static value => value ?? string.Empty));
        }

        error = "values must follow the variable";
        return sets.Count == 0 ? null : new Generator(variables, after) { Sets = sets, Count = sets.Count };
    }

    // Takes NAME or {NAME,NAME...} up to the next comma or the end.
    private static bool TryTakeSet(ref ReadOnlySpan<char> arguments, out string[] set)
    {
        set = [];
        arguments = arguments.TrimStart(" \t");
        ReadOnlySpan<char> content;
        if (arguments.StartsWith('{'))
        {
            var close = arguments.IndexOf('}');
            if (close < 0)
                return false;
            content = arguments[1..close];
            arguments = arguments[(close + 1)..].TrimStart(" \t");
            if (!arguments.IsEmpty && arguments[0] != ',')
                return false;
            set = content.ToString().Split(',', StringSplitOptions.TrimEntries);
        }
        else
        {
            var comma = arguments.IndexOf(',');
            content = comma < 0 ? arguments : arguments[..comma];
            arguments = comma < 0 ? default : arguments[comma..];
            set = [content.Trim(" \t").ToString()];
        }

        return Array.TrueForAll(set, static value => !value.AsSpan().ContainsAny(" \t{}"));
    }

    // A number in any C base; a missing one is 0.
    private static bool TryParseNumber(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return text is "" or "+" || (Values.Integers.TryParseAnyBase(text, out value) && Math.Abs(value) <= MaxNumber);
    }
}
