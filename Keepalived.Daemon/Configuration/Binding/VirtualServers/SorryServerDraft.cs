using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>A <c>sorry_server</c> with the method that the virtual server had so far.</summary>
internal sealed record SorryServerDraft(InetAddress Address, ushort? Port, LvsMethod? Method);
