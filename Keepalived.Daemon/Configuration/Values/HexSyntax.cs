using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Bytes in hexadecimal, blanks between them as one likes; in a pattern, x stands for any digit.</summary>
internal sealed class HexSyntax(bool wildcards) : ValueSyntax<string>
{
    public override string Description => wildcards ? "[HEXADECIMAL with x]" : "HEXADECIMAL";

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = string.Empty;
        if (!wildcards && reader[1].IsEmpty)
        {
            reader.Invalid(1, "there is nothing to send", Description);
            return false;
        }

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

    /// <summary>The bytes that a text which was read stands for, and the bits of them that it says.</summary>
    public static (EquatableArray<byte> Value, EquatableArray<byte> Mask) ToPattern(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        var mask = string.Create(text.Length, text, static (digits, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                digits[i] = text[i] is 'x' or 'X' ? '0' : 'f';
        });
        var value = text.Replace('x', '0').Replace('X', '0');
        return (EquatableArray.Create<byte>(Convert.FromHexString(value)), EquatableArray.Create<byte>(Convert.FromHexString(mask)));
    }
}
