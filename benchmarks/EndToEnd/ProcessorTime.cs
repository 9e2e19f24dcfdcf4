using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>What a busy master costs: a hundred instances that advertise ten times a second.</summary>
internal static class ProcessorTime
{
    private const int Instances = 100;
    private static readonly TimeSpan Observed = TimeSpan.FromSeconds(5);

    /// <summary>Milliseconds of processor time, all processes together, for a thousand adverts.</summary>
    public static double PerThousandAdverts(Build build)
    {
        using var link = new Lan("a");
        object[] instances =
        [
            .. Enumerable.Range(1, Instances).Select(number => new VrrpInstance
            {
                Name = $"VI_{number}",
                VirtualRouterId = number,
                Interval = 0.1,
                Addresses = [$"10.91.0.{number}/32"],
                Lines = ["garp_master_repeat 1", "garp_master_delay 0"],
            }),
        ];
        link.Start(build, "a", instances);
        Expect.Within(TimeSpan.FromSeconds(10), () => link.Addresses("a").Count == Instances + 3, "all are master");
        Thread.Sleep(500);

        var (since, before) = (WallClock.Now, Spent(link, "a"));
        Thread.Sleep(Observed);
        var spent = Spent(link, "a") - before;
        var adverts = link.Wire.Adverts("a", since).Count;
        return spent / (double)WallClock.Millisecond / (adverts / 1000.0);
    }

    /// <summary>Nanoseconds on a processor so far, from the scheduler's own count.</summary>
    public static long Spent(Lan link, string station) => Namespaces.Processes(link.Namespace(station))
        .SelectMany(pid => Directory.GetDirectories($"/proc/{pid}/task"))
        .Sum(task => long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture));
}
