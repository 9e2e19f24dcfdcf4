using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>What a check says of its connection; no address and port 0 stand for the real server's.</summary>
internal readonly record struct ConnectionDraft
{
    public InetAddress Address { get; init; }

    public ushort Port { get; init; }

    public InetAddress BindAddress { get; init; }

    public ushort BindPort { get; init; }

    public string? BindInterface { get; init; }

    public uint FirewallMark { get; init; }

    /// <summary>The connection to a server.</summary>
    public CheckConnection To(InetAddress address, ushort port, TimeSpan timeout) => new()
    {
        Address = Address.IsNone ? address : Address,
        Port = Port == 0 ? port : Port,
        BindAddress = BindAddress,
        BindPort = BindPort,
        BindInterface = BindInterface,
        FirewallMark = FirewallMark,
        Timeout = timeout,
    };
}
