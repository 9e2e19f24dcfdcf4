using System.Diagnostics;
using System.Globalization;
using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.EndToEnd;

/// <summary>250 instances that advertise ten times a second: what they cost who sends and who listens.</summary>
internal static class SteadyState
{
    private const int Instances = 250;
    private static readonly TimeSpan Observed = TimeSpan.FromSeconds(6);
    private static readonly VrrpInstance Instance = new() { Interval = 0.1, Lines = ["garp_master_repeat 1", "garp_master_delay 0"] };

    /// <summary>Percent of one processor.</summary>
    public static double MasterProcessor(Build build)
    {
        using var link = Masters(build);
        return Percent(link, "a");
    }

    /// <summary>Percent of one processor; the master is the real one.</summary>
    public static double BackupProcessor(Build build)
    {
        using var link = MastersAndBackups(build);
        return Percent(link, "b");
    }

    public static double MasterCalls(Build build)
    {
        using var link = Masters(build);
        return CallsAnAdvert(link, "a");
    }

    public static double BackupCalls(Build build)
    {
        using var link = MastersAndBackups(build);
        return CallsAnAdvert(link, "b");
    }

    private static Lan Masters(Build build)
    {
        var link = new Lan("a");
        Start(link, build);
        return link;
    }

    private static Lan MastersAndBackups(Build build)
    {
        var link = new Lan("a", "b");
        Start(link, Build.Real);
        var backup = link.Start(build, "b", ManyInstances.Like(Instance with { Priority = 100 }, Instances));
        backup.ExpectLog("Entering BACKUP STATE", 10);
        Thread.Sleep(2000);
        return link;
    }

    private static void Start(Lan link, Build build)
    {
        link.Start(build, "a", ManyInstances.Like(Instance with { Priority = 200, State = "MASTER" }, Instances));
        Expect.Within(TimeSpan.FromSeconds(20), () => link.Addresses("a").Count == Instances + 3, "all are master");
        Thread.Sleep(1000);
    }

    private static double Percent(Lan link, string station)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), ProcessorTime.Spent(link, station));
        Thread.Sleep(Observed);
        var spent = ProcessorTime.Spent(link, station) - before;
        return spent * 100.0 / Stopwatch.GetElapsedTime(started).TotalNanoseconds;
    }

    /// <summary>System calls for an advert of the master, counted by strace, which slows every one of them down.</summary>
    private static double CallsAnAdvert(Lan link, string station)
    {
        var summary = Path.Combine(link.Folder, "calls");
        string[] pids = [.. Namespaces.Processes(link.Namespace(station)).SelectMany(pid => (string[])["-p", Text(pid)])];
        using var strace = Process.Start(new ProcessStartInfo("strace", ["-f", "-qq", "-c", "-o", summary, .. pids]))
            ?? throw new InvalidOperationException("strace did not start");
        Thread.Sleep(1000);
        var since = WallClock.Now;
        Thread.Sleep(Observed);
        var adverts = link.Wire.Adverts("a", since).Count;
        var elapsed = WallClock.Now - since;
        _ = Libc.SendSignal(strace.Id, Libc.Terminate);
        strace.WaitForExit();
        // The summary covers a second more than the adverts.
        var calls = File.ReadLines(summary)
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 3 && fields[^1] == "total")
            .Sum(fields => double.Parse(fields[3], CultureInfo.InvariantCulture));
        return calls / (adverts * (1 + ((double)WallClock.Second / elapsed)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
