namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Ports behind addresses, which may be left out.</summary>
internal static class Ports
{
    private static readonly NumberSyntax<int> Syntax = new(0, ushort.MaxValue, lenient: true);

    /// <summary>Reads the port at <paramref name="word"/>: null if there is none. False, reported, if it is wrong.</summary>
    public static bool TryRead(ValueReader reader, int word, out ushort? port)
    {
        port = null;
        if (reader.Count <= word)
            return true;
        _ = Integers.Parse(reader[word].TrimStart(" \t"), out var digits, out _);
        if (digits == 0 && reader[word].Length > 0 && reader[word][0] != '-')
        {
            // A lenient number would make 0 of it, which is another service.
            reader.InvalidNumber(word, $"'{reader.Text(word)}' is no port; the block is left out", "a number from 0 to 65535");
            return false;
        }

        if (!Syntax.TryRead(reader, word, out var number))
            return false;
        port = (ushort)number;
        return true;
    }

    /// <summary>The port at <paramref name="word"/>, which <see cref="TryRead"/> has taken; null if there is none.</summary>
    public static ushort? Parse(ValueReader reader, int word) =>
        reader.Count <= word ? null : (ushort)Integers.Parse(reader[word].TrimStart(" \t"), out _, out _);
}
