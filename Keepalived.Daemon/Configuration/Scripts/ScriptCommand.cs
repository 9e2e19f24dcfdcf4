using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>A script as the configuration names it, before it has been looked at.</summary>
internal sealed record ScriptCommand(string Keyword, string[] Arguments, ScriptUser User, SourceLocation Location, int Length)
{
    /// <summary>A keyword that may have a script, and has none.</summary>
    public static ScriptCommand None { get; } = new(string.Empty, [], ScriptUser.Later, SourceLocation.None, 0);
}
