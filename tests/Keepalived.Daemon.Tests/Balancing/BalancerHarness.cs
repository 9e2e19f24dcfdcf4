using System.Net.Sockets;
using Keepalived.Daemon.Balancing;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Tests.Notify;
using Keepalived.Ipvs;
using Keepalived.Ipvs.Tests.Support;
using Keepalived.Netlink;
using Keepalived.Netlink.Nftables;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Tests.Balancing;

/// <summary>Balancers, one after the other, on a loop of their own and a kernel in miniature.</summary>
internal sealed class BalancerHarness : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LoopHarness _loop = new();

    public KernelModel Kernel { get; } = new();

    public LogLines Logs { get; } = new();

    public List<(string Name, bool IsUp)> Quorums { get; } = [];

    public Balancer Balancer { get; private set; } = null!;

    public Func<NetlinkConnectionOptions, NftablesClient>? OpenFilter { get; set; }

    public Action<VirtualService>? QuorumObserver { get; set; }

    /// <summary>A configuration of virtual servers.</summary>
    public static KeepalivedConfiguration Of(params VirtualServerConfiguration[] servers) => new() { VirtualServers = [.. servers] };

    /// <summary>A TCP service of 192.0.2.1 by NAT.</summary>
    public static VirtualServerConfiguration Service(ushort port, params RealServerConfiguration[] servers) => new()
    {
        Address = InetAddress.Parse("192.0.2.1"),
        Port = port,
        Family = AddressFamily.InterNetwork,
        Protocol = IpvsProtocol.Tcp,
        RealServers = [.. servers],
    };

    /// <summary>A real server 198.51.100.N, port 80; with a BFD check of its own name if it has one.</summary>
    public static RealServerConfiguration Server(int number, int weight = 1, string? bfd = null, bool alpha = false, bool inhibit = false) =>
        new()
        {
            Address = InetAddress.Parse($"198.51.100.{number}"),
            Port = 80,
            Weight = weight,
            InhibitOnFailure = inhibit,
            Checks = bfd is null ? [] : [new BfdCheckConfiguration { Instance = bfd, Alpha = alpha }],
        };

    /// <summary>A sorry server 203.0.113.N, port 80.</summary>
    public static SorryServerConfiguration Sorry(int number, bool inhibit = false) =>
        new() { Address = InetAddress.Parse($"203.0.113.{number}"), Port = 80, InhibitOnFailure = inhibit };

    /// <summary>Starts a balancer in place of the last one, if there was one: which died, and left all as it was.</summary>
    public void Start(KeepalivedConfiguration configuration, bool isRestart = false, bool keepsTable = false)
    {
        if (Balancer is { } died)
            Await(() => died.DisposeAsync().AsTask());
        Kernel.Changes.Clear();
        Await(async () =>
        {
            Balancer = new Balancer(new BalancerOptions
            {
                Loop = _loop.Loop,
                Loggers = Logs,
                Scripts = new ScriptRunner(_loop.Loop, Logs.CreateLogger("scripts")),
                Client = Kernel.Client,
                OpenFilter = options => OpenFilter!(options),
                IsRestart = isRestart,
                KeepsTable = keepsTable,
                QuorumObserver = service =>
                {
                    Quorums.Add((service.Name, service.Pool.Quorum.IsUp));
                    QuorumObserver?.Invoke(service);
                },
            });
            await Balancer.StartAsync(configuration);
        });
    }

    public void Reload(KeepalivedConfiguration configuration)
    {
        Kernel.Changes.Clear();
        Await(() => Balancer.ReloadAsync(configuration));
    }

    public void Stop()
    {
        Kernel.Changes.Clear();
        Await(Balancer.StopAsync);
        Balancer = null!;
    }

    /// <summary>Lets something happen on the loop, and waits until the kernel has heard of it.</summary>
    public void Do(Action<Balancer> action)
    {
        Kernel.Changes.Clear();
        Await(async () =>
        {
            action(Balancer);
            await Balancer.Table.WhenIdle();
        });
    }

    /// <summary>The commands since the last step.</summary>
    public string Changes => string.Join(' ', Kernel.Changes);

    /// <summary>The kernel's table: each service with its destinations and their weights.</summary>
    public string Table()
    {
        var table = Kernel.Client.GetTableAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        return string.Join("; ", table.Select(static entry =>
            $"{entry.Service.Key}:{string.Concat(entry.Destinations.Select(static there => $" {there.Destination.Key}={there.Destination.Weight}"))}"));
    }

    public void Eventually(Func<bool> condition, string what)
    {
        var end = DateTime.UtcNow + Patience;
        while (!condition())
        {
            if (DateTime.UtcNow > end)
                Assert.Fail($"{what} did not come to be. Table: {Table()}\n{Logs}");
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        if (Balancer is { } balancer)
            Await(() => balancer.DisposeAsync().AsTask());
        Kernel.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _loop.Dispose();
    }

    private void Await(Func<Task> action) => _loop.Call(action).WaitAsync(Patience).GetAwaiter().GetResult();

    /// <summary>All that was logged.</summary>
    internal sealed class LogLines : ILoggerFactory, ILogger
    {
        private readonly List<string> _lines = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }

        public int Count(string text)
        {
            lock (_lines)
                return _lines.Count(line => line.Contains(text, StringComparison.Ordinal));
        }

        public override string ToString()
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }

        public void Dispose()
        {
        }
    }
}
