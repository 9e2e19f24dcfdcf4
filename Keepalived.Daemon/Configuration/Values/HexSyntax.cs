namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Bytes in hexadecimal, blanks between them as one likes; in a pattern, x stands for any digit.</summary>
internal sealed class HexSyntax(bool wildcards) : ValueSyntax<string>
{
    public override string Description => wildcards ? "[HEXADECIMAL with x]" : "HEXADECIMAL";

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = string.Empty;
        for (var word = 1; word < reader.Count; word++)
        {
            foreach (var c in reader[word])
            {
                if (char.IsAsciiHexDigit(c) || (wildcards && c is 'x' or 'X') || c == ' ')
                    continue;
                reader.Invalid(word, $"'{reader.Text(word)}' is not hexadecimal", Description);
                return false;
            }

            foreach (var part in reader.Text(word).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                value += part.Length % 2 == 0 ? part : $"{part[..^1]}0{part[^1]}";
        }

        return true;
    }
}
