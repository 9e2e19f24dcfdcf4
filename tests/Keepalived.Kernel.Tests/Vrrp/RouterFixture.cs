using System.Net.Sockets;
using Keepalived.Kernel.Tests.Lab;
using Keepalived.Netlink;
using Keepalived.Vrrp;

namespace Keepalived.Kernel.Tests.Vrrp;

/// <summary>Two nodes joined by <c>eth0</c>, for a virtual router at each.</summary>
public abstract class RouterFixture
{
    private readonly Dictionary<string, VrrpEngine> _engines = [];
    private Node? _a;
    private Node? _b;

    private protected Node A => _a!;

    private protected Node B => _b!;

    [SetUp]
    public void OpenNodes()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make network namespaces");
        _a = new Node();
        _b = new Node();
        A.Ip($"link add eth0 type veth peer name eth0 netns {B.Name}");
        foreach (var node in new[] { A, B })
        {
            node.Ip("link set eth0 up");
            if (node.IpTry("link add probe type vrf table 99") is { } error)
                Assert.Inconclusive($"this kernel has no VRF: {error}");
            node.Ip("link delete probe");
        }
    }

    [TearDown]
    public async Task CloseNodes()
    {
        foreach (var engine in _engines.Values)
            await engine.DisposeAsync();
        _engines.Clear();
        _a?.Dispose();
        _b?.Dispose();
    }

    /// <summary>Gives both nodes their addresses. An interface that changes its VRF loses those of IPv6.</summary>
    private protected void AddAddresses(string device = "eth0")
    {
        foreach (var (node, number) in new[] { (A, 1), (B, 2) })
        {
            node.Ip($"address add 10.1.0.{number}/24 dev {device}", $"address add 2001:db8:1::{number}/64 dev {device} nodad",
                $"address add fe80::{number}/64 dev {device} nodad");
        }
    }

    private protected async Task<VirtualRouter> StartAsync(Node node, VirtualRouterOptions options)
    {
        var engine = new VrrpEngine(new VrrpEngineOptions { NetworkNamespace = node.Namespace });
        _engines.Add(node.Name, engine);
        await engine.StartAsync([options]);
        return engine.Routers[0];
    }

    private protected Task StopAsync(Node node) => _engines[node.Name].StopAsync();

    private protected static bool Holds(Node node, string address) => node.IpText("-o address show").Contains($" {address}/", StringComparison.Ordinal);

    private protected static VirtualRouterOptions Router(string device, byte priority, AddressFamily family, bool unicast, bool atB = false)
    {
        var isIPv4 = family == AddressFamily.InterNetwork;
        var own = atB ? 2 : 1;
        return new VirtualRouterOptions
        {
            Name = "R",
            VirtualRouterId = 51,
            Version = VrrpVersion.V3,
            Interface = device,
            Priority = priority,
            AdvertisementInterval = TimeSpan.FromMilliseconds(200),
            Addresses = isIPv4
                ? [new VirtualAddress(InetPrefix.Parse("10.1.0.100/24"))]
                : [new VirtualAddress(InetPrefix.Parse("fe80::100/64")), new VirtualAddress(InetPrefix.Parse("2001:db8:1::100/64"))],
            SourceAddress = !isIPv4 ? InetAddress.Parse($"fe80::{own}")
                : unicast ? InetAddress.Parse($"10.1.0.{own}") : InetAddress.None,
            Peers = unicast ? [new VrrpPeer(InetAddress.Parse(isIPv4 ? $"10.1.0.{3 - own}" : $"fe80::{3 - own}"))] : [],
        };
    }

    /// <summary>The same instance for any node, with lines of its own.</summary>
    protected static string Instance(int priority, string lines) => $$"""
        vrrp_instance R {
            state BACKUP
            interface eth0
            virtual_router_id 51
            priority {{priority}}
            version 3
            advert_int 0.5
            {{lines}}
            virtual_ipaddress {
                10.1.0.100/24
            }
        }

        """;
}
