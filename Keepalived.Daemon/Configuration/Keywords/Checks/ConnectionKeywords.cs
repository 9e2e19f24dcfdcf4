using Keepalived.Daemon.Configuration.Binding;
using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Values.Syntaxes;

namespace Keepalived.Daemon.Configuration.Keywords.Checks;

/// <summary>The keywords of every check over the network.</summary>
internal sealed class ConnectionKeywords(KeywordBlock block)
{
    public Keyword<InetAddress> ConnectIp { get; } = block.Add(
        "connect_ip", new DestinationAddressSyntax(), "The address to connect to.", fallback: "the real server's");

    public Keyword<int> ConnectPort { get; } = block.Add(
        "connect_port", Int(1, 65535), "The port to connect to.", fallback: "the real server's");

    public Keyword<InetAddress> BindTo { get; } = block.Add("bindto", new SourceAddressSyntax(), "The source address.");

    public Keyword<int> BindPort { get; } = block.Add("bind_port", Int(1, 65535), "The source port.", fallback: "any");

    public Keyword<string> BindInterface { get; } = block.Add("bind_if", InterfaceName, "The interface to connect from.");

    public Keyword<uint> FirewallMark { get; } = block.Add("fwmark", Count, "The mark of the packets.", 0u);

    public TimingKeywords Timing { get; } = new(block, withTimeout: true);

    /// <summary>What a block says of its connection.</summary>
    public ConnectionDraft Read(BlockValues values) => new()
    {
        Address = values.Get(ConnectIp),
        Port = (ushort)values.Get(ConnectPort),
        BindAddress = values.Get(BindTo),
        BindPort = (ushort)values.Get(BindPort),
        BindInterface = values.Get(BindInterface),
        FirewallMark = values.Get(FirewallMark),
    };
}
