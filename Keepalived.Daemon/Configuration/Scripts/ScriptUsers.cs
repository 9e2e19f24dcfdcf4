using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>Finds the users of scripts, and the default one as the configuration has it so far.</summary>
internal sealed class ScriptUsers(IScriptEnvironment environment)
{
    private const string DefaultName = "keepalived_script";

    private ScriptUser? _configured;
    private ScriptUser? _standard;
    private bool _configuredIsBad;

    /// <summary>Whether <c>enable_script_security</c> has been read.</summary>
    public bool Security { get; set; }

    /// <summary>Whether supplementary groups are set for every script.</summary>
    public bool SupplementaryGroups { get; set; }

    /// <summary>Takes <c>script_user</c>.</summary>
    public bool SetDefault(ValueReader reader)
    {
        _configured = Find(reader, 1, reader.Text(1), reader.Count > 2 ? reader.Text(2) : null);
        _configuredIsBad = _configured is null;
        return !_configuredIsBad;
    }

    /// <summary>The user of a script that names none; null, reported, if there is none that may be used.</summary>
    public ScriptUser? GetDefault(BindContext context, SourceLocation location, string keyword)
    {
        if (_configured is not null)
            return _configured;
        if (_configuredIsBad)
        {
            context.Error(location, DiagnosticCodes.UnknownUser,
                $"{keyword}: the script is left out, as script_user names an unknown user");
            return null;
        }

        _standard ??= environment.TryFindUser(DefaultName, out var userId, out var groupId)
            ? new ScriptUser(userId, groupId, DefaultName, SupplementaryGroups) : null;
        if (_standard is null && Security)
        {
            context.Error(location, DiagnosticCodes.UnknownUser, $"{keyword}: the script is left out: script security needs a script_user",
                $"script_user in global_defs, or a user {DefaultName}");
            return null;
        }

        return _standard ?? new ScriptUser(environment.EffectiveUserId, environment.EffectiveGroupId);
    }

    /// <summary>Finds USER [[:]GROUP]; null, reported, if one is unknown.</summary>
    public ScriptUser? Find(ValueReader reader, int word, string user, string? group, bool isFault = true)
    {
        if (!environment.TryFindUser(user, out var userId, out var groupId))
        {
            Report(reader, word, $"there is no user '{user}'", isFault);
            return null;
        }

        var supplementary = SupplementaryGroups;
        if (group is not null)
        {
            supplementary |= group.StartsWith(':');
            var name = group.TrimStart(':');
            if (name.Length > 0 && !environment.TryFindGroup(name, out groupId))
            {
                Report(reader, word + 1, $"there is no group '{name}'", isFault);
                return null;
            }
        }

        return new ScriptUser(userId, groupId, user, supplementary);
    }

    private static void Report(ValueReader reader, int word, string message, bool isFault)
    {
        if (isFault)
            reader.Context.Error(reader.Statement, word, DiagnosticCodes.UnknownUser, $"{reader.Keyword.Name}: {message}");
        else
            reader.Remark(word, DiagnosticCodes.UnknownUser, $"{message}; it is left out");
    }
}
