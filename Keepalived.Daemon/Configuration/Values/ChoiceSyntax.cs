namespace Keepalived.Daemon.Configuration.Values;

/// <summary>One word of a few.</summary>
internal sealed class ChoiceSyntax<T>(bool ignoreCase, params (string Word, T Value)[] choices) : ValueSyntax<T>
{
    public ChoiceSyntax(params (string Word, T Value)[] choices)
        : this(false, choices)
    {
    }

    public override ValueKind Kind => ValueKind.Choice;

    public override IReadOnlyList<string> Choices => Array.ConvertAll(choices, static choice => choice.Word);

    public override string Description => string.Join('|', choices.Select(static choice => choice.Word));

    public override string? Format(T? value)
    {
        foreach (var choice in choices)
        {
            if (EqualityComparer<T>.Default.Equals(choice.Value, value))
                return choice.Word;
        }

        return null;
    }

    public override bool TryRead(ValueReader reader, T? previous, out T value)
    {
        if (TryFind(reader[1], out value))
            return true;
        reader.Unknown(1, Array.ConvertAll(choices, static choice => choice.Word));
        return false;
    }

    /// <summary>Finds what a word stands for.</summary>
    public bool TryFind(ReadOnlySpan<char> word, out T value)
    {
        foreach (var choice in choices)
        {
            if (!word.Equals(choice.Word, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
                continue;
            value = choice.Value;
            return true;
        }

        value = default!;
        return false;
    }
}
