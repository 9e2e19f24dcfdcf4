using Keepalived.EndToEnd;
using Keepalived.Interop.Tests.Lab;

// Ours beside the distribution's keepalived, interleaved, on the wire and reading configurations. See ../README.md.
var quick = args.Contains("--quick");
var only = ValueOf("--only=");
var rowWith = ValueOf("--row=");
int Rounds(int full) => quick ? 3 : full;

Namespaces.RemoveLeftovers();
foreach (var build in (Build[])[Build.Real, Build.Ours])
    Console.WriteLine($"{build,-5} {Binaries.Path(build)}");

using var configurations = new ConfigurationTest();
Row[] rows = [.. OnTheWire(), .. WithVirtualMacs(), .. AtScale(), .. UnderLoad(), .. Flooded(), .. Reading()];
Comparison[] comparisons =
[
    .. rows.Where(row => (only is "" || row.Part == only) && row.What.Contains(rowWith, StringComparison.OrdinalIgnoreCase))
        .SelectMany(row => row.Measure()),
];

Console.WriteLine();
Console.WriteLine("| what (medians) | real | ours | ours / real | target | |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | --- |");
foreach (var comparison in comparisons)
    Console.WriteLine(comparison);
return comparisons.All(comparison => comparison.IsReached) ? 0 : 1;

string ValueOf(string option) => args.FirstOrDefault(argument => argument.StartsWith(option, StringComparison.Ordinal))?[option.Length..] ?? "";

IEnumerable<Row> OnTheWire() =>
[
    Row.Of("wire", "exec to first advert, priority 255, 1 instance", "ms", Rounds(25), Startup.ToFirstAdvert, real => 1.2 * real, "1.2 x"),
    Row.Of("wire", "kill -9 to gratuitous ARP, beyond the protocol's time: v2 1 s", "ms", Rounds(5),
        build => Takeover.BeyondProtocol(build, new VrrpInstance { Version = 2, Interval = 1 }), real => real + 0.3, "+ 0.3 ms"),
    Row.Of("wire", "the same: v3 100 ms", "ms", Rounds(15),
        build => Takeover.BeyondProtocol(build, new VrrpInstance { Interval = 0.1 }), real => real + 0.3, "+ 0.3 ms"),
    Row.Of("wire", "the same: v3 10 ms, real-time priority", "ms", Rounds(15),
        build => Takeover.BeyondProtocol(build, new VrrpInstance { Interval = 0.01 }, realTime: true), real => real + 0.3, "+ 0.3 ms"),
    Row.Of("wire", "resident memory (RSS), 1 instance, all processes", "MiB", Rounds(5), Memory.Resident, _ => 16, "16 MiB"),
    Row.Of("wire", "the same, shared pages counted once (PSS)", "MiB", Rounds(5), Memory.Proportional, _ => double.NaN, "-"),
    Row.Of("wire", "processor time per 1,000 adverts, 100 instances every 100 ms", "ms", Rounds(3), ProcessorTime.PerThousandAdverts,
        _ => double.NaN, "-"),
];

IEnumerable<Row> WithVirtualMacs() =>
[
    Row.Of("vmac", "1,000 VMACs, priority 255: exec to last gratuitous ARP", "ms", Rounds(5), VirtualMacs.ToLastAnnouncement,
        real => real, "1.0 x"),
    Row.Of("vmac", "the same: SIGTERM to exit", "ms", Rounds(5), VirtualMacs.ToExit, real => 0.3 * real, "0.3 x"),
];

IEnumerable<Row> AtScale() =>
[
    Owners(1000), Owners(4000),
    Row.Of("scale", "reload, 1 of 4000 instances gets an address: announced after", "ms", Rounds(5), build => ManyOwners.Reload(build, 4000),
        real => 0.5 * real, "0.5 x",
        (real, ours) => Comparison.Of("the same: the latest advert of the others, beyond its interval", "ms", real, ours, _ => 5, "5 ms")),
    Row.Of("scale", "resident memory (RSS), 4000 instances, all processes", "MiB", Rounds(3), build => ManyOwners.Resident(build, 4000),
        real => 1.5 * real, "1.5 x"),
    Row.Of("scale", "250 become master at once: last notify script begun", "ms", Rounds(5), Notifications.ToLastScript,
        real => real, "1.0 x"),
];

IEnumerable<Row> UnderLoad() =>
[
    Row.Of("load", "processor of the master, 250 instances every 100 ms", "%", Rounds(5), SteadyState.MasterProcessor,
        real => 0.8 * real, "0.8 x"),
    Row.Of("load", "its system calls an advert", "", Rounds(3), SteadyState.MasterCalls, _ => 1.5, "1.5"),
    Row.Of("load", "processor of the backup of such a master", "%", Rounds(5), SteadyState.BackupProcessor, real => real, "1.0 x"),
    Row.Of("load", "its system calls an advert (backup)", "", Rounds(3), SteadyState.BackupCalls, _ => 1, "1"),
    Row.Of("load", "adverts every 10 ms, busy processors, real-time priority: gap p99.9", "ms", Rounds(5), FastAdverts.Gap,
        real => real, "1.0 x"),
    Row.Of("load", "the same in a pair: false takeovers in 20 s", "", Rounds(3), build => FastAdverts.FalseTakeovers(build, true),
        _ => 0, "0"),
    Row.Of("load", "false takeovers without real-time priority", "", Rounds(5), build => FastAdverts.FalseTakeovers(build, false),
        real => real, "1.0 x"),
];

IEnumerable<Row> Flooded() =>
[
    Row.Of("flood", "100,000 adverts a second with a wrong checksum: takeovers by the backup", "", Rounds(3), Flood.TakeoversOfABackup,
        _ => 0, "0"),
    Row.Of("flood", "10,000 lower-priority adverts a second: frames answered each", "", Rounds(3), Flood.AnswersToLowerPriorities,
        _ => 1, "limited",
        (real, ours) => Comparison.Of("the same: log", "kB/s", real, ours, _ => 10, "limited")),
];

Row Owners(int count) => Row.Of("scale", $"exec to last gratuitous ARP, priority 255, {count} instances", "ms", Rounds(7),
    build => ManyOwners.ToLastAnnouncement(build, count), real => 0.8 * real, "0.8 x");

IEnumerable<Row> Reading() =>
[
    ReadingTime("1,000 real servers", configurations.RealServers(1_000), 9, 1.0),
    ReadingTime("10,000 real servers", configurations.RealServers(10_000), 9, 0.5),
    ReadingTime("50,000 real servers", configurations.RealServers(50_000), 5, 0.5),
    ReadingTime("4,000 VRRP instances", configurations.Instances(4_000), 9, 0.4),
    ReadingMemory("1,000 real servers", configurations.RealServers(1_000), double.NaN),
    ReadingMemory("50,000 real servers", configurations.RealServers(50_000), 1.5),
    ReadingMemory("4,000 VRRP instances", configurations.Instances(4_000), double.NaN),
];

Row ReadingTime(string what, string file, int rounds, double factor) => Row.Of("configuration",
    $"-t of {what}, time", "ms", Rounds(rounds), build => configurations.Milliseconds(build, file), real => factor * real, $"{factor} x");

Row ReadingMemory(string what, string file, double factor) => Row.Of("configuration",
    $"-t of {what}, peak memory", "MiB", 3, build => configurations.Mebibytes(build, file), real => factor * real,
    double.IsNaN(factor) ? "-" : $"{factor} x");
