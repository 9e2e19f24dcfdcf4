namespace Keepalived.Daemon.CommandLine;

/// <summary>
/// Splits a command line as GNU getopt_long(3) does: clustered letters, attached values, <c>--name=value</c>, abbreviations that are
/// unambiguous, options after words, and <c>--</c>. An error does not end the scan: the daemon reports all of them.
/// </summary>
internal static class OptionScanner
{
    /// <summary>Every option, word and error of the line, in order.</summary>
    public static IEnumerable<ParsedOption> Scan(IReadOnlyList<string> arguments, IReadOnlyList<OptionSpecification> options)
    {
        var onlyWords = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index];
            if (onlyWords || word.Length < 2 || word[0] != '-')
            {
                yield return new ParsedOption(null, word, null);
            }
            else if (word == "--")
            {
                onlyWords = true;
            }
            else if (word[1] == '-')
            {
                yield return ScanLong(word, arguments, ref index, options);
            }
            else
            {
                for (var letter = 1; letter < word.Length;)
                    yield return ScanShort(word, ref letter, arguments, ref index, options);
            }
        }
    }

    private static ParsedOption ScanShort(
        string word, ref int position, IReadOnlyList<string> arguments, ref int index, IReadOnlyList<OptionSpecification> options)
    {
        var letter = word[position++];
        var option = options.FirstOrDefault(candidate => candidate.Short == letter);
        if (option is null || letter == '\0')
            return Fail($"Unknown option -{letter}");
        if (option.Argument == OptionArgument.None)
            return new ParsedOption(option, null, null);

        string? value = position < word.Length ? word[position..] : null;
        position = word.Length;
        if (value is null && option.Argument == OptionArgument.Required && index + 1 < arguments.Count)
            value = arguments[++index];
        return Check(option, value, $"-{letter}");
    }

    private static ParsedOption ScanLong(
        string word, IReadOnlyList<string> arguments, ref int index, IReadOnlyList<OptionSpecification> options)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word[2..] : word[2..equals];
        string? value = equals < 0 ? null : word[(equals + 1)..];

        var option = options.FirstOrDefault(candidate => candidate.Long == name);
        if (option is null)
        {
            var candidates = name.Length == 0
                ? []
                : options.Where(candidate => candidate.Long.StartsWith(name, StringComparison.Ordinal)).ToArray();
            if (candidates.Length > 1)
                return Fail($"Option --{name} is ambiguous: {string.Join(", ", candidates.Select(candidate => "--" + candidate.Long))}");
            if (candidates.Length == 0)
                return Fail($"Unknown option {word}");
            option = candidates[0];
        }

        if (option.Argument == OptionArgument.None)
            return value is null ? new ParsedOption(option, null, null) : Fail($"Option --{option.Long} takes no argument");
        if (value is null && option.Argument == OptionArgument.Required && index + 1 < arguments.Count)
            value = arguments[++index];
        return Check(option, value, $"--{option.Long}");
    }

    // An empty argument counts as a missing one: no option of the daemon has a use for it.
    private static ParsedOption Check(OptionSpecification option, string? value, string written) =>
        string.IsNullOrEmpty(value) && (option.Argument == OptionArgument.Required || value is not null)
            ? Fail($"Missing parameter for option {written}")
            : new ParsedOption(option, value, null);

    private static ParsedOption Fail(string error) => new(null, null, error);
}
