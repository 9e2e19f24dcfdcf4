namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A file mode mask: a number in any C base up to 0777, or names of bits joined by <c>|</c>.</summary>
internal sealed class UmaskSyntax : ValueSyntax<int>
{
    private static readonly (string Name, int Bits)[] Names =
    [
        ("IRUSR", 0x100), ("IWUSR", 0x80), ("IXUSR", 0x40), ("IRGRP", 0x20), ("IWGRP", 0x10), ("IXGRP", 8), ("IROTH", 4), ("IWOTH", 2),
            ("IXOTH", 1),
        ("IRWXU", 0x1c0), ("IRWXG", 0x38), ("IRWXO", 7),
    ];

    public override string Description => "0..0777 | IRGRP|IWGRP|...";

    public override bool TryRead(ValueReader reader, int previous, out int value)
    {
        value = 0;
        if (reader[1].StartsWith('+') || (!reader[1].IsEmpty && char.IsAsciiDigit(reader[1][0])))
        {
            if (reader.Count > 2)
            {
                reader.Invalid(2, "one number only");
                return false;
            }

            if (!Integers.TryParseAnyBase(reader[1], out var number) || number is < 0 or > 0x1ff)
            {
                reader.InvalidNumber(1, $"'{reader.Text(1)}' is no file mode", "a number up to 0777 (octal)");
                return false;
            }

            value = (int)number;
            return true;
        }

        return TryReadNames(reader, out value);
    }

    private static bool TryReadNames(ValueReader reader, out int value)
    {
        value = 0;
        var expectName = true;
        for (var word = 1; word < reader.Count; word++)
        {
            var rest = reader[word];
            while (!rest.IsEmpty)
            {
                var length = rest[0] == '|' ? 1 : rest.IndexOf('|') is >= 0 and var bar ? bar : rest.Length;
                var part = rest[..length];
                rest = rest[length..];
                if (expectName == (part[0] == '|') || (expectName && !TryAdd(part, ref value)))
                {
                    reader.Unknown(word, Array.ConvertAll(Names, static name => name.Name));
                    return false;
                }

                expectName = !expectName;
            }
        }

        if (!expectName)
            return true;
        reader.Invalid(reader.Count - 1, "a name must follow the bar");
        return false;
    }

    private static bool TryAdd(ReadOnlySpan<char> part, ref int value)
    {
        foreach (var (name, bits) in Names)
        {
            if (!part.SequenceEqual(name))
                continue;
            value |= bits;
            return true;
        }

        return false;
    }
}
