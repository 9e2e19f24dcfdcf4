using System.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>One word, cut or refused beyond a length.</summary>
internal sealed class WordSyntax(
    string description, int maxLength = int.MaxValue, bool cut = false, bool onlyOne = false, bool notEmpty = false)
    : ValueSyntax<string>
{
    public override ValueKind Kind => ValueKind.Word;

    public override string Description => description;

    public override string? Format(string? value) => value;

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = reader.Text(1);
        if (onlyOne && reader.Count > 2)
        {
            reader.Invalid(2, "one parameter only");
            return false;
        }

        if (notEmpty && value.Length == 0)
        {
            reader.Invalid(1, "the parameter is empty");
            return false;
        }

        var length = reader[1].Length;
        if (length <= maxLength)
            return true;
        if (!cut)
        {
            reader.Invalid(1, $"'{value}' is too long", $"at most {maxLength} bytes");
            return false;
        }

        var kept = Encoding.UTF8.GetBytes(value).AsSpan(0, maxLength);
        value = Encoding.UTF8.GetString(kept);
        reader.Adjusted(1, $"more than {maxLength} bytes; '{value}' is used");
        return true;
    }
}
