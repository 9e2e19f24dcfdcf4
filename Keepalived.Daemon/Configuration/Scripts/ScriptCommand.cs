using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>A script as the configuration names it, before it has been looked at.</summary>
internal sealed record ScriptCommand(string Keyword, string[] Arguments, ScriptUser User, SourceLocation Location, int Length);
