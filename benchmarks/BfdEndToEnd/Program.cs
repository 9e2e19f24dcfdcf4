using Keepalived.BfdEndToEnd;

// BFD sessions of this library beside those of the distribution's keepalived and of BIRD, in turn, in one run. See ../README.md.
if (args is ["--host", ..])
    return await Host.RunAsync(args[1..]);

var seconds = args.Contains("--quick") ? 3 : 8;
var rounds = args.Contains("--quick") ? 5 : 40;
Implementation[] all = [Implementation.Real, Implementation.Bird, Implementation.Ours];
Console.WriteLine("| what | real | BIRD | ours | longest stall of the machine meanwhile: real, BIRD, ours |");
Console.WriteLine("| --- | ---: | ---: | ---: | --- |");

Row("CPU for one packet sent and one received, 64 sessions at 10 ms, real-time", new Load(64, 10, 3, RealTime: true),
    static result => $"{result.MicrosecondsPerPair:0.0} us");
Row("CPU of one end, 64 sessions at 10 ms, normal priority", new Load(64, 10, 3), static result => $"{result.Percent:0.0} %");
Row("256 sessions at 10 ms x 3, real-time: packets a second of both ends; false detections", new Load(256, 10, 3, RealTime: true),
    static result => $"{result.PacketsPerSecond:0}; {result.FalseDetections}");
Row("64 sessions at 10 ms x 3, real-time, busy cores: false detections", new Load(64, 10, 3, RealTime: true, Busy: true),
    static result => $"{result.FalseDetections}");
Row("256 sessions at 50 ms x 3, normal priority, busy cores: false detections", new Load(256, 50, 3, Busy: true),
    static result => $"{result.FalseDetections}");
Kills();
return 0;

void Row(string what, Load load, Func<LoadResult, string> describe)
{
    var results = all.Select(implementation => load.Run(implementation, TimeSpan.FromSeconds(seconds))).ToArray();
    Console.WriteLine($"| {what} | {string.Join(" | ", results.Select(describe))} | {Stalls(results.Select(static result => result.Stall))} |");
}

void Kills()
{
    var results = all.Select(implementation => KilledPeer.Run(implementation, rounds)).ToArray();
    var cells = results.Select(static result => $"{result.Median:0.00} / {result.P99:0.00} ms");
    Console.WriteLine($"| killed peer: last packet to Down on the wire, beyond 30 ms, p50 / p99 | {string.Join(" | ", cells)} | "
        + $"{Stalls(results.Select(static result => result.Stall))} |");
}

static string Stalls(IEnumerable<TimeSpan> stalls) => string.Join(", ", stalls.Select(static stall => $"{stall.TotalMilliseconds:0.0} ms"));
