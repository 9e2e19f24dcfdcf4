using Keepalived.EndToEnd;
using Keepalived.Interop.Tests.Lab;

// Ours beside the distribution's keepalived, interleaved, on the wire and reading configurations. See ../README.md.
var quick = args.Contains("--quick");
var configurationOnly = args.Contains("--configuration");
int Rounds(int full) => quick ? 3 : full;

Namespaces.RemoveLeftovers();
foreach (var build in (Build[])[Build.Real, Build.Ours])
    Console.WriteLine($"{build,-5} {Binaries.Path(build)}");

using var configurations = new ConfigurationTest();
Comparison[] comparisons =
[
    .. configurationOnly ? [] : OnTheWire(),
    .. Reading(),
];

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
