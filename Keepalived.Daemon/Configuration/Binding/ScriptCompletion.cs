using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Scripts;
using static Keepalived.Daemon.Configuration.Keywords.ScriptKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Makes the record of a <c>vrrp_script</c>.</summary>
internal static class ScriptCompletion
{
    /// <summary>The user of a script as the configuration stands when its block ends; null if it may not run.</summary>
    public static ScriptUser? FindUser(BindContext context, BlockValues values) => values.Get(User) switch
    {
        null => values.Has(Command) ? context.ScriptUsers.GetDefault(context, values.LocationOf(Command), values.Name) : null,
        var user when user == ScriptUser.Unknown => null,
        var user => user,
    };

    /// <summary>Whether there is anything to run; if not, that is reported.</summary>
    public static bool HasCommand(BindContext context, BlockValues values)
    {
        if (values.Get(Command) is not null)
            return true;
        context.Error(values.Location, DiagnosticCodes.MissingKeyword, $"vrrp_script {values.Name} has no script; it is left out",
            "script \"COMMAND\"");
        return false;
    }

    /// <summary>The record; null, reported, if the script cannot be run.</summary>
    public static VrrpScriptConfiguration? Complete(BindContext context, ScriptChecker checker, BlockValues values, ScriptUser? user)
    {
        if (values.Get(Command) is not { } command || user is null || checker.Check(
            command with { User = user, Keyword = $"vrrp_script {values.Name}" }, isFault: true) is not { } script)
            return null;
        var (weight, reverse) = values.Get(Weight);
        var interval = values.Get(Interval);
        return new VrrpScriptConfiguration
        {
            Name = values.Name,
            Position = values.Location,
            Script = script,
            Interval = interval,
            Timeout = values.Has(Keywords.ScriptKeywords.Timeout) ? values.Get(Keywords.ScriptKeywords.Timeout) : interval,
            Weight = weight,
            Reverse = reverse,
            Rise = values.Get(Rise),
            Fall = values.Get(Fall),
            InitiallyFailed = values.Get(InitFail),
        };
    }
}
