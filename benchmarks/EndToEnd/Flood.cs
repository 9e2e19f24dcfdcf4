using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Wire;

namespace Keepalived.EndToEnd;

/// <summary>A hostile peer.</summary>
internal static class Flood
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly VrrpInstance Instance = new() { Interval = 1 };

    /// <summary>How often a backup takes over while 100,000 adverts a second with a wrong checksum are sent to it.</summary>
    public static double TakeoversOfABackup(Build build)
    {
        using var link = new Lan("a", "b");
        // Only the backup is asked: the real master falls silent after every bad advert.
        link.Start(build, "a", Instance with { Priority = 200 }).ExpectHolding(Lan.Vip, 10);
        var b = link.Start(build, "b", Instance with { Priority = 100 });
        b.ExpectLog("Entering BACKUP STATE", 5);
        Thread.Sleep(1500);
        var frame = AdvertBuilder.Version3(250, 100, [Lan.Vip]);
        frame[^1] ^= 1;
        HardwareAddress(link, "b").CopyTo(frame, 0);

        var since = WallClock.Now;
        using (var stranger = new Injector(link))
        {
            var sent = stranger.Flood([.. Enumerable.Repeat(frame, 64)], 100_000, Duration);
            Console.Error.WriteLine($"  {sent / Duration.TotalSeconds:n0} bad adverts a second");
        }

        return link.Wire.Adverts("b", since).Count > 0 ? 1 : 0;
    }

    /// <summary>What a master says to 10,000 adverts of lower priority a second: frames for each, and log in kB/s. It must stay master.</summary>
    public static (double Frames, double Log) AnswersToLowerPriorities(Build build)
    {
        using var link = new Lan("a");
        var a = link.Start(build, "a", Instance with { Priority = 200 });
        a.ExpectHolding(Lan.Vip, 10);
        Thread.Sleep(7000);
        var frame = AdvertBuilder.Version3(50, 100, [Lan.Vip]);
        var (since, lines) = (WallClock.Now, a.Log.Count);
        int sent;
        using (var stranger = new Injector(link))
            sent = stranger.Flood([frame], 10_000, Duration);
        Thread.Sleep(500);

        if (!a.Holds(Lan.Vip))
            throw new InvalidOperationException($"{a} gave up for lower priorities");
        var frames = link.Wire.Frames.Count(seen => seen.Port == "a" && seen.Time > since);
        var log = a.Log.Skip(lines).Sum(line => line.Length + 1);
        return ((double)frames / sent, log / 1000.0 / Duration.TotalSeconds);
    }

    private static byte[] HardwareAddress(Lan link, string station) =>
        Convert.FromHexString(Namespaces.Run(link.Namespace(station), () => Command.Run("cat", [$"/sys/class/net/{Lan.Interface}/address"]))
            .Trim().Replace(":", "", StringComparison.Ordinal));
}
