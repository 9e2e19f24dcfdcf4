using Keepalived.EndToEnd;
using Keepalived.Interop.Tests.Lab;

// Ours beside the distribution's keepalived, interleaved, on the wire and reading configurations. See ../README.md.
var quick = args.Contains("--quick");
var only = args.FirstOrDefault(argument => argument.StartsWith("--only=", StringComparison.Ordinal))?["--only=".Length..] ?? "";
int Rounds(int full) => quick ? 3 : full;

Namespaces.RemoveLeftovers();
foreach (var build in (Build[])[Build.Real, Build.Ours])
    Console.WriteLine($"{build,-5} {Binaries.Path(build)}");

using var configurations = new ConfigurationTest();
(string Name, Func<Comparison[]> Measure)[] parts =
[
    ("wire", OnTheWire), ("vmac", WithVirtualMacs), ("scale", AtScale), ("load", UnderLoad), ("flood", Flooded), ("configuration", Reading),
];
Comparison[] comparisons = [.. parts.Where(part => only is "" || part.Name == only).SelectMany(part => part.Measure())];

Console.WriteLine();
Console.WriteLine("| what (medians) | real | ours | ours / real | target | |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | --- |");
foreach (var comparison in comparisons)
    Console.WriteLine(comparison);
return comparisons.All(comparison => comparison.IsReached) ? 0 : 1;

Comparison[] OnTheWire() =>
[
    Comparison.Measure("exec to first advert, priority 255, 1 instance", "ms", Rounds(25), Startup.ToFirstAdvert,
        real => 1.2 * real, "1.2 x"),
    Comparison.Measure("kill -9 to gratuitous ARP, beyond the protocol's time: v2 1 s", "ms", Rounds(5),
        build => Takeover.BeyondProtocol(build, new VrrpInstance { Version = 2, Interval = 1 }), real => real + 0.3, "+ 0.3 ms"),
    Comparison.Measure("the same: v3 100 ms", "ms", Rounds(15),
        build => Takeover.BeyondProtocol(build, new VrrpInstance { Interval = 0.1 }), real => real + 0.3, "+ 0.3 ms"),
    Comparison.Measure("the same: v3 10 ms, real-time priority", "ms", Rounds(15),
        build => Takeover.BeyondProtocol(build, new VrrpInstance { Interval = 0.01 }, realTime: true), real => real + 0.3, "+ 0.3 ms"),
    Comparison.Measure("resident memory (RSS), 1 instance, all processes", "MiB", Rounds(5), Memory.Resident, _ => 16, "16 MiB"),
    Comparison.Measure("the same, shared pages counted once (PSS)", "MiB", Rounds(5), Memory.Proportional, _ => double.NaN, "-"),
    Comparison.Measure("processor time per 1,000 adverts, 100 instances every 100 ms", "ms", Rounds(3), ProcessorTime.PerThousandAdverts,
        _ => double.NaN, "-"),
];

Comparison[] WithVirtualMacs() =>
[
    Comparison.Measure("1,000 VMACs, priority 255: exec to last gratuitous ARP", "ms", Rounds(5), VirtualMacs.ToLastAnnouncement,
        real => real, "1.0 x"),
    Comparison.Measure("the same: SIGTERM to exit", "ms", Rounds(5), VirtualMacs.ToExit, real => 0.3 * real, "0.3 x"),
];

Comparison[] AtScale() =>
[
    Owners(1000), Owners(4000),
    .. Reloads(4000),
    Comparison.Measure("resident memory (RSS), 4000 instances, all processes", "MiB", Rounds(3), build => ManyOwners.Resident(build, 4000),
        real => 1.5 * real, "1.5 x"),
    Comparison.Measure("250 become master at once: last notify script begun", "ms", Rounds(5), Notifications.ToLastScript,
        real => real, "1.0 x"),
];

Comparison[] UnderLoad() =>
[
    Comparison.Measure("processor of the master, 250 instances every 100 ms", "%", Rounds(5), SteadyState.MasterProcessor,
        real => 0.8 * real, "0.8 x"),
    Comparison.Measure("its system calls an advert", "", Rounds(3), SteadyState.MasterCalls, _ => 1.5, "1.5"),
    Comparison.Measure("processor of the backup of such a master", "%", Rounds(5), SteadyState.BackupProcessor, real => real, "1.0 x"),
    Comparison.Measure("its system calls an advert", "", Rounds(3), SteadyState.BackupCalls, _ => 1, "1"),
    Comparison.Measure("adverts every 10 ms, busy processors, real-time priority: gap p99.9", "ms", Rounds(5), FastAdverts.Gap,
        real => real, "1.0 x"),
    Comparison.Measure("the same in a pair: false takeovers in 20 s", "", Rounds(3), build => FastAdverts.FalseTakeovers(build, true),
        _ => 0, "0"),
    Comparison.Measure("the same without real-time priority", "", Rounds(5), build => FastAdverts.FalseTakeovers(build, false),
        real => real, "1.0 x"),
];

Comparison[] Flooded()
{
    var logged = new Dictionary<Build, List<double>> { [Build.Real] = [], [Build.Ours] = [] };
    return
    [
        Comparison.Measure("100,000 adverts a second with a wrong checksum: takeovers by the backup", "", Rounds(3), Flood.TakeoversOfABackup,
            _ => 0, "0"),
        Comparison.Measure("10,000 lower-priority adverts a second: frames answered each", "", Rounds(3), build => Answers(build),
            _ => 1, "limited"),
        Comparison.Of("the same: log", "kB/s", [.. logged[Build.Real]], [.. logged[Build.Ours]], _ => 10, "limited"),
    ];

    double Answers(Build build)
    {
        var (frames, log) = Flood.AnswersToLowerPriorities(build);
        logged[build].Add(log);
        return frames;
    }
}

Comparison Owners(int count) => Comparison.Measure($"exec to last gratuitous ARP, priority 255, {count} instances", "ms", Rounds(7),
    build => ManyOwners.ToLastAnnouncement(build, count), real => 0.8 * real, "0.8 x");

Comparison[] Reloads(int count)
{
    var late = new Dictionary<Build, List<double>> { [Build.Real] = [], [Build.Ours] = [] };
    return
    [
        Comparison.Measure($"reload, 1 of {count} instances gets an address: announced after", "ms", Rounds(5), build => Reload(build),
            real => 0.5 * real, "0.5 x"),
        Comparison.Of("the same: the latest advert of the others, beyond its interval", "ms", [.. late[Build.Real]], [.. late[Build.Ours]],
            _ => 5, "5 ms"),
    ];

    double Reload(Build build)
    {
        var (done, beyond) = ManyOwners.Reload(build, count);
        late[build].Add(beyond);
        return done;
    }
}

Comparison[] Reading() =>
[
    ReadingTime("1,000 real servers", configurations.RealServers(1_000), 9, 1.0),
    ReadingTime("10,000 real servers", configurations.RealServers(10_000), 9, 0.5),
    ReadingTime("50,000 real servers", configurations.RealServers(50_000), 5, 0.5),
    ReadingTime("4,000 VRRP instances", configurations.Instances(4_000), 9, 0.4),
    ReadingMemory("1,000 real servers", configurations.RealServers(1_000), double.NaN),
    ReadingMemory("50,000 real servers", configurations.RealServers(50_000), 1.5),
    ReadingMemory("4,000 VRRP instances", configurations.Instances(4_000), double.NaN),
];

Comparison ReadingTime(string what, string file, int rounds, double factor) => Comparison.Measure(
    $"-t of {what}, time", "ms", Rounds(rounds), build => configurations.Milliseconds(build, file), real => factor * real, $"{factor} x");

Comparison ReadingMemory(string what, string file, double factor) => Comparison.Measure(
    $"-t of {what}, peak memory", "MiB", 3, build => configurations.Mebibytes(build, file), real => factor * real,
    double.IsNaN(factor) ? "-" : $"{factor} x");
