using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Keywords.Checks;
using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>A command line with an optional user and group; quotes and escapes have rules of their own.</summary>
internal sealed class ScriptSyntax(bool withUser = true, bool optional = false) : ValueSyntax<ScriptCommand>
{
    // A property: the keywords' tables are made with this class, and so before them.
    private static Keyword[] Needed => [ScriptKeywords.Command, MiscKeywords.MiscPath, GlobalKeywords.StartupScript, GlobalKeywords.ShutdownScript];

    public override ValueKind Kind => ValueKind.Script;

    public override string Description => withUser ? "COMMAND [USER [[:]GROUP]]" : "COMMAND";

    public override WithoutParameter WithoutParameter => optional ? WithoutParameter.Fine : WithoutParameter.Fatal;

    public override bool ReadsRawText => true;

    public override bool TryRead(ValueReader reader, ScriptCommand? previous, out ScriptCommand value)
    {
        value = null!;
        if (optional && reader.Count == 1)
        {
            value = ScriptCommand.None;
            return true;
        }

        var raw = reader.Statement.RawText;
        if (!ScriptCommandLine.TrySplitOuter(raw, out var words))
        {
            reader.Invalid(1, "a quote is not closed; the script is left out", "a closing quote");
            return false;
        }

        if (words.Count < 2 || !ScriptCommandLine.TrySplitArguments(words[1], out var arguments))
        {
            reader.Invalid(1, "the command line is malformed: a quote is not closed, or a backslash is last; the script is left out");
            return false;
        }

        if (arguments.Count == 0)
        {
            const string message = "the command is empty; the script is left out";
            if (Array.IndexOf(Needed, reader.Keyword) >= 0)
                reader.Invalid(1, message);
            else
                reader.Remark(1, DiagnosticCodes.ScriptUnusable, message); // The original says nothing.
            return false;
        }

        var user = withUser && words.Count > 2
            ? reader.Context.ScriptUsers.Find(reader, 2, words[2], words.Count > 3 ? words[3] : null,
                isFault: reader.Keyword == GlobalKeywords.StartupScript || reader.Keyword == GlobalKeywords.ShutdownScript)
            : withUser ? reader.Context.ScriptUsers.GetDefault(reader.Context, reader.Statement.LocationOf(1), reader.Keyword.Name)
                : ScriptUser.Later;
        if (user is null)
            return false;
        value = new ScriptCommand(reader.Keyword.Name, [.. arguments], user, reader.Statement.LocationOf(1), reader.Statement.LengthOf(1));
        return true;
    }
}
