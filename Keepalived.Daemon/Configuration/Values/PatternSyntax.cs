using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A regular expression. Quotes around it are removed; backslashes are the expression's own.</summary>
internal sealed class PatternSyntax : ValueSyntax<string>
{
    public override string Description => "\"PATTERN\"";

    public override bool TryRead(ValueReader reader, string? previous, out string value)
    {
        value = string.Empty;
        if (!ScriptCommandLine.TrySplitOuter(reader.Statement.RawText, out var words) || words.Count < 2)
        {
            // The quote that is not closed has been reported with the line.
            value = reader.Text(1);
            return true;
        }

        value = TextEncoding.ToText(words[1]);
        return true;
    }
}
