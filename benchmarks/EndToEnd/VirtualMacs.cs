using System.Globalization;
using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>
/// A thousand owners of addresses, each with a virtual MAC interface: 250 on each of four interfaces. How long until the network knows
/// all of them, and until they are gone.
/// </summary>
internal static class VirtualMacs
{
    private const int Bases = 4;
    private const int OnEach = 250;
    private const int Repeat = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Milliseconds from the fork that becomes the daemon to the last gratuitous ARP of the first burst.</summary>
    public static double ToLastAnnouncement(Build build) => Measure(build, static (router, wire) => WallClock
        .Between(router.StartedAt, wire.Frames.Where(static frame => frame.Announcement is not null).Max(static frame => frame.Time))
        .TotalMilliseconds);

    /// <summary>Milliseconds from SIGTERM to the end of the daemon, when no interface is left.</summary>
    public static double ToExit(Build build) => Measure(build, static (router, _) =>
    {
        const int terminate = 15;
        var since = WallClock.Now;
        router.Signal(terminate);
        router.WaitForExit(Limit);
        return WallClock.Between(since, WallClock.Now).TotalMilliseconds;
    });

    private static double Measure(Build build, Func<Router, Sniffer, double> measure)
    {
        using var link = new Lan("a");
        link.Ip("a", [.. Enumerable.Range(1, Bases).SelectMany(static number => (string[])
        [
            $"link add base{number} type veth peer name wire{number}", $"link set dev wire{number} addrgenmode none up",
            $"link set dev base{number} addrgenmode none up", $"address add 10.9{number}.255.1/16 dev base{number}",
        ])]);
        using var wire = new Sniffer(link.Namespace("a"), [.. Enumerable.Range(1, Bases).Select(static number => $"wire{number}")]);
        var router = link.Start(build, "a", [.. Instances()]);
        Expect.Within(Limit, () => wire.Frames.Count(static frame => frame.Announcement is not null) == Bases * OnEach * Repeat,
            "all addresses are announced");
        return measure(router, wire);
    }

    private static IEnumerable<object> Instances() =>
        from number in Enumerable.Range(1, Bases)
        from id in Enumerable.Range(1, OnEach)
        select new VrrpInstance
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"VI_{number}_{id}"),
            Interface = $"base{number}",
            State = "MASTER",
            Priority = 255,
            VirtualRouterId = id,
            Interval = 1,
            Addresses = [$"10.9{number}.{id}.1/16"],
            Lines = ["use_vmac", "garp_master_delay 0", $"garp_master_repeat {Repeat}"],
        };
}
