using System.Net;
using System.Net.Sockets;
using System.Text;
using Keepalived.Ipvs;
using Keepalived.Kernel.Tests.Lab;
using Keepalived.Netlink;

namespace Keepalived.Kernel.Tests.Traffic;

/// <summary>
/// A client, a director and two servers on one switch. In NAT the servers have a network of their own and the director for their way out; else
/// they are beside the client and have the virtual address themselves, unseen.
/// </summary>
internal sealed class Cluster : IDisposable
{
    public const ushort Port = 80;

    private readonly Node _switch = new();
    private readonly List<Node> _nodes = [];
    private readonly EchoServer?[] _servers = new EchoServer?[2];
    private EchoServer? _sorryServer;
    private readonly AddressFamily _family;

    public Cluster(Node director, IpvsForwarding forwarding, AddressFamily family)
    {
        _family = family;
        _switch.Ip("link add lan type bridge", "link set lan up");
        Client = Add("client");
        Connect(director, "director");
        Servers = [Add("server1"), Add("server2")];
        director.Set($"net/{Protocol}/conf/all/forwarding", "1");
        if (family == AddressFamily.InterNetwork)
        {
            director.Set("net/ipv4/conf/all/send_redirects", "0");
            director.Set("net/ipv4/conf/eth0/send_redirects", "0");
        }

        Give(director, Front(1));
        // Deprecated over IPv6, as VRRP sets it: else the director may tunnel from it, and a server refuses what comes from its own address.
        director.Ip($"address add {Vip}/{(IsIPv4 ? "24 dev eth0" : "128 dev eth0 nodad preferred_lft 0")}");
        Give(Client, Front(2));
        for (var i = 0; i < 2; i++)
            Prepare(Servers[i], i, forwarding, director);
    }

    public Node Client { get; }

    public IReadOnlyList<Node> Servers { get; }

    public InetAddress Vip => Front(100);

    /// <summary>The addresses of the servers.</summary>
    public IReadOnlyList<InetAddress> Addresses { get; private set; } = [];

    private bool IsIPv4 => _family == AddressFamily.InterNetwork;

    private string Protocol => IsIPv4 ? "ipv4" : "ipv6";

    /// <summary>Connects so many times and says how often each server answered; "none" for a connection without an answer.</summary>
    public async Task<Dictionary<string, int>> AskAsync(int times, InetAddress? target = null)
    {
        var answers = new Dictionary<string, int>();
        for (var i = 0; i < times; i++)
        {
            var answer = await AskOnceAsync(target ?? Vip);
            answers[answer] = answers.GetValueOrDefault(answer) + 1;
        }

        return answers;
    }

    public void Dispose()
    {
        foreach (var server in _servers.Append(_sorryServer))
            server?.Dispose();
        foreach (var node in _nodes)
            node.Dispose();
        _switch.Dispose();
    }

    /// <summary>Ends a server's program: connections to it are refused from now on.</summary>
    public void StopServer(int index)
    {
        _servers[index]?.Dispose();
        _servers[index] = null;
    }

    /// <summary>Starts a server's program.</summary>
    public void StartServer(int index) => _servers[index] = new EchoServer(Servers[index], index == 0 ? "one" : "two", Port, _family);

    /// <summary>Starts a program that says "sorry", at the second server, on another port.</summary>
    public void StartSorryServer(int port) => _sorryServer = new EchoServer(Servers[1], "sorry", port, _family);

    /// <summary>A connection to the virtual address.</summary>
    public async Task<Socket> ConnectAsync(InetAddress? target = null)
    {
        var socket = Client.Namespace.Run(() => new Socket(_family, SocketType.Stream, ProtocolType.Tcp));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await socket.ConnectAsync(new IPEndPoint((target ?? Vip).ToIPAddress(), Port), limit.Token);
        return socket;
    }

    /// <summary>What comes on a connection; "none" if nothing comes.</summary>
    public static async Task<string> HearAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            var buffer = new byte[64];
            var length = await socket.ReceiveAsync(buffer, limit.Token);
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return "none";
        }
    }

    private async Task<string> AskOnceAsync(InetAddress target)
    {
        try
        {
            using var socket = await ConnectAsync(target);
            return await HearAsync(socket);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return "none";
        }
    }

    private Node Add(string port)
    {
        var node = new Node();
        _nodes.Add(node);
        Connect(node, port);
        return node;
    }

    private void Connect(Node node, string port)
    {
        _switch.Ip($"link add {port} type veth peer name eth0 netns {node.Name}", $"link set {port} master lan up");
        node.Ip("link set eth0 up");
    }

    private void Prepare(Node server, int index, IpvsForwarding forwarding, Node director)
    {
        // All are on one switch: after a redirect servers would answer past the director, untranslated. It cannot be told not to send any.
        if (!IsIPv4)
            server.Set("net/ipv6/conf/eth0/accept_redirects", "0");
        var isNat = forwarding == IpvsForwarding.Nat;
        var own = isNat ? Back(11 + index) : Front(11 + index);
        Addresses = [.. Addresses, own];
        Give(server, own);
        StartServer(index);
        if (isNat)
        {
            if (index == 0)
                Give(director, Back(1));
            server.Ip($"route add {(IsIPv4 ? "0.0.0.0/0" : "::/0")} via {Back(1)}");
            return;
        }

        if (IsIPv4)
        {
            server.Set("net/ipv4/conf/all/arp_ignore", "1");
            server.Set("net/ipv4/conf/all/arp_announce", "2");
        }

        if (forwarding == IpvsForwarding.DirectRouting)
        {
            server.Ip($"address add {Vip}/{Vip.Length * 8} dev lo{NoDetection}");
            return;
        }

        var device = IsIPv4 ? "tunl0" : "ip6tnl0";
        Shell.Run("modprobe", IsIPv4 ? "ipip" : "ip6_tunnel");
        server.Ip($"link set {device} up", $"address add {Vip}/{Vip.Length * 8} dev {device}{NoDetection}");
        if (IsIPv4)
        {
            server.Set("net/ipv4/conf/tunl0/rp_filter", "0");
            server.Set("net/ipv4/conf/all/rp_filter", "0");
        }
    }

    private string NoDetection => IsIPv4 ? "" : " nodad";

    private void Give(Node node, InetAddress address) => node.Ip($"address add {address}/{(IsIPv4 ? 24 : 64)} dev eth0{NoDetection}");

    private InetAddress Front(int host) => InetAddress.Parse(IsIPv4 ? $"10.1.0.{host}" : $"2001:db8:1::{host}");

    private InetAddress Back(int host) => InetAddress.Parse(IsIPv4 ? $"10.2.0.{host}" : $"2001:db8:2::{host}");
}
