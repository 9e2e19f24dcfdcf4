namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>Who a script runs as.</summary>
/// <param name="UserId">The user id.</param>
/// <param name="GroupId">The group id.</param>
/// <param name="Name">The user's name, if the configuration has one.</param>
/// <param name="SupplementaryGroups">Whether the user's other groups are set too.</param>
internal sealed record ScriptUser(uint UserId, uint GroupId, string? Name = null, bool SupplementaryGroups = false)
{
    /// <summary>Not decided by the script's own line.</summary>
    public static ScriptUser Later { get; } = new(uint.MaxValue, uint.MaxValue, "later");

    /// <summary>A user that does not exist.</summary>
    public static ScriptUser Unknown { get; } = new(uint.MaxValue, uint.MaxValue, "unknown");
}
