namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>What a script of a virtual server is for.</summary>
internal enum ServerScriptSlot
{
    QuorumUp = 0,
    QuorumDown,
    NotifyUp,
    NotifyDown,
    Check,
}
