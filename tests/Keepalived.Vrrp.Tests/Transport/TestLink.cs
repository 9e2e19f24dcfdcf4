using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Interfaces;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Tests.Transport;

/// <summary>
/// Two network namespaces, a and b, joined by a veth pair: each has <c>eth0</c> with 10.91.0.1 or .2 and fe80::1 or ::2. Removed when
/// disposed, with all engines that were started on it.
/// </summary>
internal sealed partial class TestLink : IDisposable
{
    public const string Interface = "eth0";
    private static int _last;
    private readonly List<VrrpEngine> _engines = [];
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
            foreach (var (station, name) in ((char, string)[])[('a', _a), ('b', _b)])
            {
                _namespaces.Add(station, NetworkNamespace.Open(name));
                var number = station - 'a' + 1;
                Ip(station, "link set lo up", $"link set {Interface} addrgenmode none", $"link set {Interface} up",
                    $"address add 10.91.0.{number}/24 dev {Interface}", $"address add fe80::{number}/64 dev {Interface} nodad");
            }

            ExpectUp();
        }
        catch
        {
            Remove();
            throw;
        }
    }

    public NetworkNamespace Namespace(char station) => _namespaces[station];

    public string Name(char station) => station == 'a' ? _a : _b;

    /// <summary>Starts an engine at a station.</summary>
    public Task<VrrpEngine> StartAsync(char station, VrrpEngineOptions options, params VirtualRouterOptions[] routers) =>
        StartAsync(station, options, StaticNetwork.Empty, [], routers);

    /// <summary>Starts an engine with sync groups at a station.</summary>
    public Task<VrrpEngine> StartAsync(
        char station, VrrpEngineOptions options, VrrpSyncGroupOptions[] groups, params VirtualRouterOptions[] routers) =>
        StartAsync(station, options, StaticNetwork.Empty, groups, routers);

    /// <summary>Starts an engine with a static network at a station.</summary>
    public Task<VrrpEngine> StartAsync(
        char station, VrrpEngineOptions options, StaticNetwork network, params VirtualRouterOptions[] routers) =>
        StartAsync(station, options, network, [], routers);

    /// <summary>Starts an engine that has special rules for interfaces at a station.</summary>
    public async Task<VrrpEngine> StartAsync(char station, VrrpInterfaceOptions interfaces, params VirtualRouterOptions[] routers)
    {
        var engine = Create(station, new VrrpEngineOptions());
        await engine.SetInterfaceOptionsAsync(interfaces);
        await engine.StartAsync(routers);
        return engine;
    }

    private async Task<VrrpEngine> StartAsync(
        char station, VrrpEngineOptions options, StaticNetwork network, VrrpSyncGroupOptions[] groups, VirtualRouterOptions[] routers)
    {
        var engine = Create(station, options);
        await engine.SetStaticNetworkAsync(network);
        await engine.StartAsync(routers, groups);
        return engine;
    }

    private VrrpEngine Create(char station, VrrpEngineOptions options)
    {
        var engine = new VrrpEngine(options with
        {
            NetworkNamespace = _namespaces[station],
            LoggerFactory = options.LoggerFactory ?? new TestLoggerFactory(station),
        });
        _engines.Add(engine);
        return engine;
    }

    public Task<VrrpEngine> StartAsync(char station, params VirtualRouterOptions[] routers) =>
        StartAsync(station, new VrrpEngineOptions(), routers);

    /// <summary>Runs <c>ip</c> commands at a station.</summary>
    public void Ip(char station, params string[] commands) => Ip([.. commands.Select(command => $"-n {Name(station)} {command}")]);

    /// <summary>What an <c>ip</c> command prints at a station, line by line, without spaces at the ends.</summary>
    public string[] Lines(char station, string command)
    {
        var (status, output, error) = Run($"-n {Name(station)} {command}");
        // A table without a route does not exist.
        Assert.That(status, Is.Zero.Or.EqualTo(2), error);
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The routes and rules of both families that have the protocol of keepalived, which is left out here.</summary>
    public string[] Ours(char station)
    {
        const string Protocol = " proto keepalived";
        IEnumerable<string> rules = [.. Lines(station, "rule show"), .. Lines(station, "-6 rule show")];
        return
        [
            .. Lines(station, "-4 route show table all proto 18"), .. Lines(station, "-6 route show table all proto 18"),
            .. rules.Where(rule => rule.EndsWith(Protocol, StringComparison.Ordinal)).Select(rule => rule[..^Protocol.Length].Replace('\t', ' ')),
        ];
    }

    public bool Holds(char station, string address, string device = Interface) =>
        AddressesOf(station, device).Any(entry => (string?)entry["local"] == address);

    public JsonObject? Address(char station, string address, string device = Interface) =>
        AddressesOf(station, device).FirstOrDefault(entry => (string?)entry["local"] == address);

    /// <summary>Tries an <c>ip</c> command that makes a link <c>probe</c> or stays: without it the test is inconclusive.</summary>
    public void Require(char station, string command, string what)
    {
        if (!TryIp($"-n {Name(station)} {command}", out var error))
            Assert.Inconclusive($"This kernel has no {what}: {error.Trim()}");
        _ = Run($"-n {Name(station)} link delete probe");
    }

    /// <summary>What <c>ip -j -d link</c> says of a device; null if there is none.</summary>
    public JsonObject? LinkOf(char station, string device)
    {
        var (status, output, _) = Run($"-n {Name(station)} -j -d link show dev {device}");
        return status != 0 ? null : JsonNode.Parse(output)?[0]?.AsObject();
    }

    /// <summary>How many frames a device has sent.</summary>
    public long Sent(char station, string device)
    {
        var (status, output, _) = Run($"-n {Name(station)} -j -s link show dev {device}");
        return status != 0 ? 0 : (long?)JsonNode.Parse(output)?[0]?["stats64"]?["tx"]?["packets"] ?? 0;
    }

    /// <summary>What nft lists at a station, line by line, without counts.</summary>
    public string[] Ruleset(char station) => [.. Counts().Replace(Nft(station, "list ruleset"), "counter").TrimEnd('\n')
        .Split('\n').SkipWhile(string.IsNullOrEmpty)];

    /// <summary>Runs an <c>nft</c> command at a station; without the program the test is inconclusive.</summary>
    public string Nft(char station, string command)
    {
        var program = new[] { "/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft" }.FirstOrDefault(File.Exists);
        Assume.That(program, Is.Not.Null, "needs nft (Debian package nftables)");
        using var process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", Name(station), program!, command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error);
        return output;
    }

    /// <summary>A kernel setting by its path under /proc/sys.</summary>
    public int Setting(char station, string path) => int.Parse(
        _namespaces[station].Run(() => File.ReadAllText("/proc/sys/" + path)), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    /// <summary>Changes a kernel setting.</summary>
    public void Set(char station, string path, int value) =>
        _namespaces[station].Run(() => File.WriteAllText("/proc/sys/" + path, value.ToString(CultureInfo.InvariantCulture)));

    public void Dispose()
    {
        try
        {
            foreach (var engine in _engines)
                engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            Remove();
        }
    }

    /// <summary>Asks again and again until it is so, and fails after 5 s.</summary>
    public static async Task Expect(Func<bool> condition, string what, double seconds = 5)
    {
        var start = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(start.Elapsed.TotalSeconds, Is.LessThan(seconds), $"Not within {seconds} s: {what}");
            await Task.Delay(5);
        }
    }

    public static Task Expect(VirtualRouter router, VrrpState state, double seconds = 5) =>
        Expect(() => router.State == state, $"{router.Name} {state}, but it is {router.State}", seconds);

    [GeneratedRegex("counter packets [0-9]+ bytes [0-9]+")]
    private static partial Regex Counts();

    private static string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"kdn-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");

    private void ExpectUp()
    {
        var start = Stopwatch.StartNew();
        while (!"ab".All(station => Run($"-n {Name(station)} link show {Interface}").Output.Contains("LOWER_UP", StringComparison.Ordinal)))
            Assert.That(start.Elapsed.TotalSeconds, Is.LessThan(5), "The veth pair does not come up.");
    }

    private IEnumerable<JsonObject> AddressesOf(char station, string device)
    {
        var (status, output, _) = Run($"-n {Name(station)} -j address show dev {device}");
        return status != 0 ? [] : (JsonNode.Parse(output)?.AsArray() ?? []).SelectMany(link => link?["addr_info"]?.AsArray() ?? [])
            .OfType<JsonObject>();
    }

    private static void Ip(params string[] commands)
    {
        foreach (var command in commands)
            Assert.That(TryIp(command, out var error), Is.True, $"ip {command}: {error}");
    }

    private static bool TryIp(string command, out string error)
    {
        (var status, _, error) = Run(command);
        return status == 0;
    }

    private static (int Status, string Output, string Error) Run(string arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error);
    }

    private void Remove()
    {
        foreach (var handle in _namespaces.Values)
            handle.Dispose();
        _ = Run($"netns del {_a}");
        _ = Run($"netns del {_b}");
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
