using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Keepalived.Netlink.Tests.Io;

namespace Keepalived.Netlink.Tests.Route;

/// <summary>A test against the real kernel: an own namespace, a loop and a client in it.</summary>
public abstract class KernelFixture
{
    private TestNamespace? _namespace;
    private EventLoop? _loop;
    private RouteClient? _client;
    private NetworkNamespace? _inside;

    protected RouteClient Client => _client!;

    protected EventLoop Loop => _loop!;

    private protected TestNamespace Namespace => _namespace!;

    protected NetlinkSocketOptions Inside => new() { NetworkNamespace = _inside };

    [SetUp]
    public void OpenNamespace()
    {
        _namespace = TestNamespace.Create();
        _inside = _namespace.Open();
        _loop = new EventLoop();
        _loop.Start();
        _client = RouteClient.Open(_loop, Inside);
    }

    [TearDown]
    public async Task CloseNamespace()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        _loop?.Dispose();
        _inside?.Dispose();
        _namespace?.Dispose();
        (_client, _loop, _inside, _namespace) = (null, null, null, null);
    }

    /// <summary>A veth pair with both ends up; returns the index of the first.</summary>
    protected async Task<int> CreateVethAsync(string name = "ve0", string peer = "ve1")
    {
        await Client.CreateLinkAsync(LinkCreation.Veth(name, peer));
        var link = await Client.GetLinkAsync(name);
        await Client.SetLinkAsync(link.Index, new LinkSettings { IsUp = true });
        await Client.SetLinkAsync(link.ParentIndex, new LinkSettings { IsUp = true });
        return link.Index;
    }

    /// <summary>Runs a function on the loop, with its awaits, and waits for the end.</summary>
    protected Task<T> OnLoopAsync<T>(Func<Task<T>> function)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Schedule(
            async _ =>
            {
                try
                {
                    completion.SetResult(await function());
                }
                catch (Exception exception)
                {
                    completion.SetException(exception);
                }
            },
            null);
        return completion.Task;
    }
}
