using System.Globalization;
using Keepalived.BfdEndToEnd;

// BFD sessions of this library beside those of the distribution's keepalived and of BIRD, in turn, in one run. See ../README.md.
if (args is ["--host", ..])
    return await Host.RunAsync(args[1..]);

var isQuick = args.Contains("--quick");
var observed = TimeSpan.FromSeconds(isQuick ? 3 : 8);
var rounds = int.Parse(Option("--rounds=") ?? (isQuick ? "5" : "40"), CultureInfo.InvariantCulture);
var only = Option("--only=")?.Split(',');
Implementation[] all = [Implementation.Real, Implementation.Bird, Implementation.Ours];
Console.WriteLine("| what | real | BIRD | ours | longest stall of the machine meanwhile: real, BIRD, ours |");
Console.WriteLine("| --- | ---: | ---: | ---: | --- |");

Part("cpu", () => Row("CPU for one packet sent and one received, 64 sessions at 10 ms, real-time", new Load(64, 10, 3, RealTime: true),
    static result => $"{result.MicrosecondsPerPair:0.0} us"));
Part("normal", () => Row("CPU of one end, 64 sessions at 10 ms, normal priority", new Load(64, 10, 3), static result => $"{result.Percent:0.0} %"));
Part("rate", () => Row("256 sessions at 10 ms x 3, real-time: packets a second of both ends; false detections", new Load(256, 10, 3, RealTime: true),
    static result => $"{result.PacketsPerSecond:0}; {result.FalseDetections}"));
Part("busy", () => Row("64 sessions at 10 ms x 3, real-time, busy cores: false detections", new Load(64, 10, 3, RealTime: true, Busy: true),
    static result => $"{result.FalseDetections}"));
Part("crowd", () => Row("256 sessions at 50 ms x 3, normal priority, busy cores: false detections", new Load(256, 50, 3, Busy: true),
    static result => $"{result.FalseDetections}"));
Part("kill", Kills);
Part("vrrp", Failovers);
return 0;

string? Option(string name) => args.FirstOrDefault(argument => argument.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

void Part(string name, Action run)
{
    if (only is null || only.Contains(name))
        run();
}

void Row(string what, Load load, Func<LoadResult, string> describe)
{
    var results = all.Select(implementation => load.Run(implementation, observed)).ToArray();
    Write(what, results.Select(describe), results.Select(static result => result.Stall));
}

void Kills()
{
    var results = all.Select(implementation => KilledPeer.Run(implementation, rounds)).ToArray();
    Write(
        "killed peer: last packet to Down on the wire, beyond 30 ms, p50 / p99",
        results.Select(static result => $"{result.Median:0.00} / {result.P99:0.00} ms"),
        results.Select(static result => result.Stall));
}

void Failovers()
{
    if (!File.Exists(Lab.Daemon))
    {
        Console.WriteLine($"(end of the detection time to priority 0 of VRRP: not measured, there is no {Lab.Daemon})");
        return;
    }

    var results = all.Select(implementation => implementation == Implementation.Bird ? null : Failover.Run(implementation, rounds)).ToArray();
    Write(
        "end of the detection time to priority 0 of VRRP, p50 / p99; p50 after the packet that says Down",
        results.Select(static result => result is null ? "-" : $"{result.Median:0.00} / {result.P99:0.00}; {result.MedianAfterDown:0.00} ms"),
        results.Select(static result => result?.Stall ?? TimeSpan.Zero));
}

static void Write(string what, IEnumerable<string> cells, IEnumerable<TimeSpan> stalls) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {what} | {string.Join(" | ", cells)} | {string.Join(", ", stalls.Select(static stall => $"{stall.TotalMilliseconds:0.0} ms"))} |"));
