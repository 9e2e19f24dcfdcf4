using Keepalived.Daemon.Configuration.Keywords;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>All words that follow.</summary>
internal sealed class WordsSyntax(string description, bool optional = false) : ValueSyntax<string[]>
{
    public override string Description => description;

    public override WithoutParameter WithoutParameter => optional ? WithoutParameter.Fine : WithoutParameter.Fatal;

    public override bool TryRead(ValueReader reader, string[]? previous, out string[] value)
    {
        value = new string[reader.Count - 1];
        for (var i = 0; i < value.Length; i++)
            value[i] = reader.Text(i + 1);
        return true;
    }
}
