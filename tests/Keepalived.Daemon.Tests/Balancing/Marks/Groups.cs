using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using static Keepalived.Daemon.Tests.Balancing.BalancerHarness;

namespace Keepalived.Daemon.Tests.Balancing.Marks;

/// <summary>Configurations of virtual server groups.</summary>
internal static class Groups
{
    public static NftablesIpvsDefinitions Definitions { get; } = new("kdn", -1, 1000);

    /// <summary>A group: entries like <c>10.0.0.1-10.0.0.9 80</c> or <c>fwmark 7</c>.</summary>
    public static VirtualServerGroupConfiguration Group(string name, params string[] entries) => new()
    {
        Name = name,
        Entries =
        [
            .. entries.Select(static entry =>
            {
                var words = entry.Split(' ', '-');
                if (words[0] == "fwmark")
                    return new VirtualServerGroupEntry { FirewallMark = uint.Parse(words[1]) };
                var first = InetAddress.Parse(words[0]);
                return new VirtualServerGroupEntry
                {
                    First = first,
                    Last = words.Length == 3 ? InetAddress.Parse(words[1]) : first,
                    Port = ushort.Parse(words[^1]),
                    Family = first.Family,
                };
            }),
        ],
    };

    /// <summary>A virtual server of a group with one real server.</summary>
    public static VirtualServerConfiguration Server(VirtualServerGroupConfiguration group, IpvsProtocol protocol = IpvsProtocol.Tcp, int ordinal = 0) => new()
    {
        Group = group,
        GroupOrdinal = ordinal,
        Protocol = protocol,
        Family = AddressFamily.InterNetwork,
        RealServers = [BalancerHarness.Server(1)],
    };

    public static KeepalivedConfiguration Using(params VirtualServerConfiguration[] servers) => Of(servers) with
    {
        Global = new GlobalDefinitions { NftablesIpvs = Definitions },
        VirtualServerGroups = [.. servers.Select(static server => server.Group).OfType<VirtualServerGroupConfiguration>().Distinct()],
    };
}
