using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Kernel.Tests.Lab;

/// <summary>A namespace with an IPVS table of its own, a client in it, and ipvsadm for a judge.</summary>
public abstract class IpvsFixture
{
    private Node? _node;
    private EventLoop? _loop;
    private IpvsClient? _client;

    protected IpvsClient Client => _client!;

    protected EventLoop Loop => _loop!;

    private protected Node Director => _node!;

    [SetUp]
    public async Task OpenTable()
    {
        Assume.That(Environment.IsPrivilegedProcess, "needs root to make a network namespace");
        Assume.That(File.Exists("/usr/sbin/ipvsadm") || File.Exists("/sbin/ipvsadm"), "needs ipvsadm");
        _node = new Node();
        _loop = new EventLoop();
        _loop.Start();
        _client = IpvsClient.Open(_loop, new NetlinkSocketOptions { NetworkNamespace = _node.Namespace });
        try
        {
            await _client.GetInfoAsync();
        }
        catch (NetlinkException e)
        {
            Assert.Inconclusive($"this kernel has no IPVS: {e.Message}");
        }
    }

    [TearDown]
    public async Task CloseTable()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        _loop?.Dispose();
        _node?.Dispose();
        (_client, _loop, _node) = (null, null, null);
    }

    /// <summary>The table as <c>ipvsadm -S</c> would restore it: a line for each service and each destination.</summary>
    protected string[] Saved() => Lines(Director.Run("ipvsadm", "-S", "-n"));

    /// <summary>What ipvsadm prints.</summary>
    protected string Ipvsadm(params string[] arguments) => Director.Run("ipvsadm", arguments);

    protected static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    protected static InetAddress Address(string text) => InetAddress.Parse(text);
}
