using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>What a master with one instance keeps resident, supervisor and children together.</summary>
internal static class Memory
{
    public static double Resident(Build build) => Measure(build, "Rss:");

    public static double Proportional(Build build) => Measure(build, "Pss:");

    private static double Measure(Build build, string field)
    {
        using var link = new Lan("a");
        var router = link.Start(build, "a", new VrrpInstance { Interval = 0.1, Lines = ["garp_master_delay 0"] });
        router.ExpectHolding(Lan.Vip, 5);
        Thread.Sleep(1000);
        return Of(Namespaces.Processes(link.Namespace("a")), field);
    }

    /// <summary>The sum of a field of <c>smaps_rollup</c>, MiB.</summary>
    public static double Of(int[] processes, string field)
    {
        var kibibytes = processes
            .SelectMany(pid => File.ReadLines($"/proc/{pid}/smaps_rollup"))
            .Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
        return kibibytes / 1024;
    }
}
