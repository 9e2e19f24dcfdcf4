using Keepalived.Daemon.Configuration.Diagnostics;

namespace Keepalived.Daemon.Configuration.Scripts;

/// <summary>A FIFO as the configuration names it.</summary>
internal sealed record FifoCommand(string Path, ScriptUser User, SourceLocation Location);
