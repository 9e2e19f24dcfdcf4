using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>The name of a VMAC or ipvlan, which is given once.</summary>
internal static class VirtualInterfaceName
{
    /// <summary>Reads it.</summary>
    /// <param name="reader">The statement.</param>
    /// <param name="word">Which word it is.</param>
    /// <param name="known">The name given before; null for none.</param>
    /// <returns>The name that counts; null, reported, if the word is none.</returns>
    public static string? Read(ValueReader reader, int word, string? known)
    {
        if (known is null && reader[word].Length is > 0 and <= Syntaxes.MaxInterfaceName && !reader[word].Contains('/'))
            return reader.Text(word);
        reader.Invalid(word, known is null ? $"'{reader.Text(word)}' is no name for an interface; one is chosen"
            : "a second name is ignored", "a name of at most 15 bytes");
        return known;
    }
}
