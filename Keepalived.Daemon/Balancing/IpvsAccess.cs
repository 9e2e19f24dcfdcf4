using Keepalived.Daemon.Composition;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Nftables;

namespace Keepalived.Daemon.Balancing;

/// <summary>Sockets to the kernel's IPVS, in the network namespace that the configuration says.</summary>
internal static class IpvsAccess
{
    /// <summary>Opens one.</summary>
    /// <exception cref="RoleFailure">There is no such namespace, or no socket.</exception>
    public static IpvsClient Open(EventLoop loop, GlobalDefinitions global)
    {
        try
        {
            using var network = OpenNamespace(global);
            var options = global.NetlinkBuffers.IpvsCommand.ToSocketOptions() ?? new NetlinkSocketOptions();
            return IpvsClient.Open(loop, options with { NetworkNamespace = network });
        }
        catch (Exception e) when (e is SystemCallException or IOException)
        {
            throw new RoleFailure(ExitCode.Fatal, $"IPVS: {e.Message}");
        }
    }

    /// <summary>Opens the packet filter in the same namespace.</summary>
    /// <exception cref="SystemCallException">There is no such namespace, or no socket.</exception>
    public static NftablesClient OpenFilter(EventLoop loop, GlobalDefinitions global, NetlinkConnectionOptions options)
    {
        using var network = OpenNamespace(global);
        return NftablesClient.Open(
            loop, new NetlinkSocketOptions { NetworkNamespace = network, Groups = [NftablesClient.NotificationGroup] }, options);
    }

    /// <summary>Where the daemon runs in a namespace of its own, IPVS may be asked to stay in the one of the machine.</summary>
    private static NetworkNamespace? OpenNamespace(GlobalDefinitions global) => global.NetNamespaceIpvs switch
    {
        null => null,
        "" => NetworkNamespace.Open("/proc/1/ns/net"),
        var name => NetworkNamespace.Open(name),
    };
}
