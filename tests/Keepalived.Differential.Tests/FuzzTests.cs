using System.Diagnostics;
using System.Globalization;
using System.Text;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Tests.Configuration;
using Keepalived.Differential.Tests.Generation;

namespace Keepalived.Differential.Tests;

/// <summary>Bytes that no editor wrote: a load ends, soon, without an exception, and with one of the exit codes.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class FuzzTests
{
    private const string IncludedFile = "a.conf";
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(10);
    private const long MemoryLimit = 1536L << 20;

    [Test]
    public void Load_OfRandomAndMutatedBytes_EndsInAVerdict()
    {
        var fuzzer = new ByteMutator();
        var start = Stopwatch.StartNew();
        var limit = TimeSpan.FromSeconds(Number("KEEPALIVED_FUZZ_SECONDS", 10));
        var before = PeakMemory();
        var (loads, slowest, slowestSeed) = (0L, TimeSpan.Zero, 0);
        for (var seed = Number("KEEPALIVED_FUZZ_SEED", 1); start.Elapsed < limit; seed++)
        {
            var input = fuzzer.Make(seed);
            var began = start.Elapsed;
            Load(input, seed);
            var took = start.Elapsed - began;
            Assert.That(took, Is.LessThan(LoadLimit), () => Describe("too slow", input, seed));
            if (took > slowest)
                (slowest, slowestSeed) = (took, seed);
            loads++;
        }
        var grown = PeakMemory() - before;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{loads} loads; the slowest: {slowest.TotalMilliseconds:0} ms (seed {slowestSeed}); peak memory: + {grown >> 20} MiB"));
        Assert.That(grown, Is.LessThan(MemoryLimit));
    }

    private static void Load(byte[] input, int seed)
    {
        try
        {
            var result = ConfigurationLoader.Load(new ConfigurationLoadOptions
            {
                Path = "/etc/keepalived/k.conf",
                ConfigId = "main",
                TestMode = seed % 2 == 0,
                AllConfig = seed % 7 == 0,
                RandomSeed = 1,
                Source = new MemorySource().Add("/etc/keepalived/k.conf", input).Add(IncludedFile, "router_id a\n"),
                FindInterface = static name => name.StartsWith("eth", StringComparison.Ordinal) ? new InterfaceFacts(name) : null,
                Scripts = new FakeScripts(),
            });
            Assert.That(result.TestExitCode, Is.AnyOf(0, 2, 4, 5, 6), () => Describe("no verdict", input, seed));
        }
        catch (Exception problem) when (problem is not AssertionException)
        {
            Assert.Fail(Describe(problem.ToString(), input, seed));
        }
    }

    private static string Describe(string problem, byte[] input, int seed) =>
        $"KEEPALIVED_FUZZ_SEED={seed}: {problem}\n{Encoding.Latin1.GetString(input)}";

    // VmHWM of /proc/self/status, in KiB there.
    private static long PeakMemory() => File.ReadLines("/proc/self/status")
        .Where(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
        .Select(static number => long.Parse(number, CultureInfo.InvariantCulture) << 10).Single();

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
