namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>What the checks of scripts ask of the system: users, groups and the modes of files.</summary>
public interface IScriptEnvironment
{
    /// <summary>The user id that this process runs as.</summary>
    uint EffectiveUserId { get; }

    /// <summary>The group id that this process runs as.</summary>
    uint EffectiveGroupId { get; }

    /// <summary>The value of PATH; null if it is not set.</summary>
    string? SearchPath { get; }

    /// <summary>Finds a user by name or decimal id.</summary>
    bool TryFindUser(string name, out uint userId, out uint groupId);

    /// <summary>Finds a group by name or decimal id.</summary>
    bool TryFindGroup(string name, out uint groupId);

    /// <summary>The status of the file itself, a symbolic link not followed; null if there is none or it cannot be reached.</summary>
    ScriptFileStatus? GetStatus(string path);

    /// <summary>The path with all symbolic links resolved; null if it does not exist.</summary>
    string? Resolve(string path);
}
