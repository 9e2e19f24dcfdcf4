using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>A script of a virtual server that has not been looked at yet.</summary>
/// <param name="Slot">What it is for.</param>
/// <param name="Command">The command.</param>
/// <param name="Server">The number of the real server, unless it is the virtual server's own.</param>
/// <param name="Check">The number of the check that it is.</param>
internal readonly record struct ServerScript(ServerScriptSlot Slot, ScriptCommand Command, int Server = -1, int Check = -1);
