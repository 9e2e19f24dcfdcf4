using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Text;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>include_check</c>: no word is all; a plain word sets it and read; <c>+word</c> adds and <c>-word</c> removes.</summary>
internal sealed class IncludeCheckSyntax : ValueSyntax<bool>
{
    private static readonly string[] Words = ["read", "match", "wildcard_match", "brace_match"];

    public override string Description => "[[+|-]read|match|wildcard_match|brace_match ...]";

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, bool previous, out bool value)
    {
        value = true;
        var input = reader.Context.Reader;
        if (reader.Count == 1)
        {
            input.IncludeChecks = IncludeChecks.All;
            return true;
        }

        for (var word = 1; word < reader.Count; word++)
        {
            var sign = reader[word].IsEmpty ? ' ' : reader[word][0];
            var name = reader[word][(sign is '+' or '-' ? 1 : 0)..];
            if (name is not ("read" or "match" or "wildcard_match" or "brace_match") || (sign is not ('+' or '-') && word > 1))
            {
                reader.Unknown(word, Words);
                continue;
            }

            var check = name switch
            {
                "read" => IncludeChecks.Read,
                "match" => IncludeChecks.Match,
                "wildcard_match" => IncludeChecks.WildcardMatch,
                _ => IncludeChecks.BraceMatch,
            };
            input.IncludeChecks = sign switch
            {
                '+' => input.IncludeChecks | check,
                '-' => input.IncludeChecks & ~check,
                _ => IncludeChecks.Read | check,
            };
        }

        return true;
    }
}
