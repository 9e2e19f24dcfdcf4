using BenchmarkDotNet.Attributes;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

namespace Keepalived.Benchmarks.Netlink;

/// <summary>A round trip to the kernel: from another thread, and on the loop, where the answer is there when the call returns.</summary>
[MemoryDiagnoser]
public class RouteClientBenchmarks
{
    private const int Repeats = 100;

    private EventLoop _loop = null!;
    private RouteClient _client = null!;

    [GlobalSetup]
    public void Setup()
    {
        _loop = new EventLoop();
        _loop.Start();
        _client = RouteClient.Open(_loop);
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _client.DisposeAsync();
        _loop.Dispose();
    }

    [Benchmark]
    public async Task<int> GetLinkFromAnotherThread() => (await _client.GetLinkAsync(1)).Mtu;

    [Benchmark(OperationsPerInvoke = Repeats)]
    public async Task GetLinkOnTheLoop()
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Schedule(
            async _ =>
            {
                for (var i = 0; i < Repeats; i++)
                    await _client.GetLinkAsync(1);
                completion.SetResult();
            },
            null);
        await completion.Task;
    }

    [Benchmark]
    public async Task<int> ListLinks() => (await _client.GetLinksAsync()).Count;
}
