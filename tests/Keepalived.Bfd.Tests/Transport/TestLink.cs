using System.Diagnostics;
using System.Globalization;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Bfd.Tests.Transport;

/// <summary>
/// Two network namespaces, a and b, joined by a veth pair: each has <c>eth0</c> with 10.92.0.1 or .2 and fe80::1 or ::2. Removed when
/// disposed, with all endpoints that were started on it.
/// </summary>
internal sealed class TestLink : IDisposable
{
    public const string Interface = "eth0";
    public const string Tunnel = "vx0";
    private static int _last;
    private readonly List<BfdEndpoint> _endpoints = [];
    private readonly Dictionary<char, NetworkNamespace> _namespaces = [];
    private readonly string _a = NextName();
    private readonly string _b = NextName();

    public TestLink()
    {
        if (Environment.UserName != "root")
            Assert.Inconclusive("Network namespaces need root.");
        if (!TryIp($"netns add {_a}", out var error))
            Assert.Inconclusive($"Network namespaces cannot be made here: {error}");
        try
        {
            Ip($"netns add {_b}", $"link add {Interface} netns {_a} type veth peer name {Interface} netns {_b}");
            foreach (var station in "ab")
            {
                _namespaces.Add(station, NetworkNamespace.Open(Name(station)));
                var number = station - 'a' + 1;
                Ip(station, "link set lo up", $"link set {Interface} addrgenmode none", $"link set {Interface} up",
                    $"address add 10.92.0.{number}/24 dev {Interface}", $"address add fe80::{number}/64 dev {Interface} nodad");
            }
        }
        catch
        {
            Remove();
            throw;
        }
    }

    public static InetAddress AddressOf(char station) => InetAddress.Parse($"10.92.0.{station - 'a' + 1}");

    public static InetAddress LinkLocalOf(char station) => InetAddress.Parse($"fe80::{station - 'a' + 1}");

    /// <summary>A session of a station with the other over IPv4: 20 ms, five of them.</summary>
    public static BfdNeighborOptions Neighbor(char station) => new()
    {
        Name = $"to {Other(station)}",
        Address = AddressOf(Other(station)),
        Interface = Interface,
        Session = Quick,
    };

    /// <summary>20 ms and a multiplier that no noise of the machine reaches.</summary>
    public static BfdSessionOptions Quick => new()
    {
        DesiredMinTxInterval = TimeSpan.FromMilliseconds(20),
        RequiredMinRxInterval = TimeSpan.FromMilliseconds(20),
        DetectMultiplier = 50,
    };

    public NetworkNamespace Namespace(char station) => _namespaces[station];

    public string Name(char station) => station == 'a' ? _a : _b;

    public static char Other(char station) => station == 'a' ? 'b' : 'a';

    public async Task<BfdEndpoint> StartAsync(char station, BfdEndpointOptions options, params BfdNeighborOptions[] neighbors)
    {
        var endpoint = new BfdEndpoint(options with
        {
            NetworkNamespace = options.EventLoop is null ? _namespaces[station] : null,
            LoggerFactory = options.LoggerFactory ?? new TestLoggerFactory(station),
        });
        _endpoints.Add(endpoint);
        await endpoint.StartAsync(neighbors);
        return endpoint;
    }

    public Task<BfdEndpoint> StartAsync(char station, params BfdNeighborOptions[] neighbors) =>
        StartAsync(station, new BfdEndpointOptions(), neighbors);

    /// <summary>Both stations with one session each, up.</summary>
    public async Task<(BfdNeighbor A, BfdNeighbor B)> ConnectAsync(
        Func<BfdNeighborOptions, BfdNeighborOptions>? a = null, Func<BfdNeighborOptions, BfdNeighborOptions>? b = null)
    {
        var atA = await StartAsync('a', (a ?? Same)(Neighbor('a')));
        var atB = await StartAsync('b', (b ?? Same)(Neighbor('b')));
        await Expect(atA.Neighbors[0], BfdState.Up);
        await Expect(atB.Neighbors[0], BfdState.Up);
        return (atA.Neighbors[0], atB.Neighbors[0]);
    }

    /// <summary>Runs <c>ip</c> commands at a station.</summary>
    public void Ip(char station, params string[] commands) => Ip([.. commands.Select(command => $"-n {Name(station)} {command}")]);

    /// <summary>Adds a VRF device; false if the kernel knows none.</summary>
    public bool TryAddVrf(char station, string name, int table) =>
        TryIp($"-n {Name(station)} link add {name} type vrf table {table}", out _) && TryIp($"-n {Name(station)} link set {name} up", out _);

    /// <summary>Adds its end of a tunnel between the stations, 10.95.0.1 or .2; false if the kernel knows none.</summary>
    public bool TryAddTunnel(char station) =>
        TryIp($"-n {Name(station)} link add {Tunnel} type vxlan id 5 local {AddressOf(station)} remote {AddressOf(Other(station))} dstport 4789", out _)
        && TryIp($"-n {Name(station)} link set {Tunnel} up", out _)
        && TryIp($"-n {Name(station)} address add 10.95.0.{station - 'a' + 1}/24 dev {Tunnel}", out _);

    /// <summary>Whether the kernel of a station forwards packets, and so returns echo packets.</summary>
    public void SetForwarding(char station, bool isOn) => _namespaces[station].Run(() =>
    {
        foreach (var family in (string[])["ipv4", "ipv6"])
            File.WriteAllText($"/proc/sys/net/{family}/conf/all/forwarding", isOn ? "1" : "0");
    });

    public void Dispose()
    {
        try
        {
            foreach (var endpoint in _endpoints)
                endpoint.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            Remove();
        }
    }

    /// <summary>Asks again and again until it is so, and fails after some seconds.</summary>
    public static async Task Expect(Func<bool> condition, string what, double seconds = 15)
    {
        var start = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(start.Elapsed.TotalSeconds, Is.LessThan(seconds), $"Not within {seconds} s: {what}");
            await Task.Delay(5);
        }
    }

    public static Task Expect(BfdNeighbor neighbor, BfdState state) =>
        Expect(() => neighbor.State == state, $"{neighbor.Name} {state}, but it is {neighbor.State}");

    private static BfdNeighborOptions Same(BfdNeighborOptions options) => options;

    private static string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"kdb-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");

    private static void Ip(params string[] commands)
    {
        foreach (var command in commands)
            Assert.That(TryIp(command, out var error), Is.True, $"ip {command}: {error}");
    }

    private static bool TryIp(string command, out string error)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ip", command) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEnd();
        error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private void Remove()
    {
        foreach (var handle in _namespaces.Values)
            handle.Dispose();
        _ = TryIp($"netns del {_a}", out _);
        _ = TryIp($"netns del {_b}", out _);
    }

    private sealed class TestLoggerFactory(char station) : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            TestContext.Progress.WriteLine($"{DateTime.Now:ss.ffffff} {station}: {formatter(state, exception)} {exception?.Message}");

        public void Dispose()
        {
        }
    }
}
