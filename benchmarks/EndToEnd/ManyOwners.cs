using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>Owners of their addresses, which wait for nobody.</summary>
internal static class ManyOwners
{
    private static readonly VrrpInstance Owner = new()
    {
        State = "MASTER",
        Priority = 255,
        Interval = 1,
        Lines = ["garp_master_repeat 1", "garp_master_delay 0"],
    };

    /// <summary>Milliseconds from the fork that becomes the daemon until the network knows the place of every address.</summary>
    public static double ToLastAnnouncement(Build build, int count)
    {
        using var link = new Lan("a");
        var owner = link.Start(build, "a", ManyInstances.Like(Owner, count));
        return WallClock.Between(owner.StartedAt, LastAnnouncement(link, count)).TotalMilliseconds;
    }

    /// <summary>MiB resident, all processes, a second after the last announcement.</summary>
    public static double Resident(Build build, int count)
    {
        using var link = new Lan("a");
        link.Start(build, "a", ManyInstances.Like(Owner, count));
        LastAnnouncement(link, count);
        Thread.Sleep(1000);
        return Memory.Of(Namespaces.Processes(link.Namespace("a")), "Rss:");
    }

    /// <summary>
    /// One instance of many gets a further address: milliseconds from SIGHUP until that is announced, and how much later than its interval
    /// any other one's advert came meanwhile.
    /// </summary>
    public static (double Done, double Late) Reload(Build build, int count)
    {
        const string added = "10.90.0.200";
        using var link = new Lan("a");
        var instances = ManyInstances.Like(Owner, count);
        var router = link.Start(build, "a", instances);
        LastAnnouncement(link, count);
        Thread.Sleep(3000);
        var changed = (VrrpInstance)instances[count / 2];
        instances[count / 2] = changed with { Addresses = [.. changed.Addresses, added + "/32"] };

        var since = WallClock.Now;
        router.Reload(instances);
        var announced = link.Wire.Announcement("a", added, TimeSpan.FromSeconds(20), since);
        Thread.Sleep(3000);

        var changedId = (byte)changed.VirtualRouterId;
        var latest = link.Wire.Adverts("a", since - (2 * WallClock.Second))
            .Where(frame => frame.Advert!.VirtualRouterId != changedId)
            .GroupBy(frame => (frame.Advert!.VirtualRouterId, frame.Advert.Destination.ToString()))
            .SelectMany(frames => frames.Zip(frames.Skip(1), (one, next) => WallClock.Between(one.Time, next.Time).TotalMilliseconds))
            .Max();
        return (WallClock.Between(since, announced.Time).TotalMilliseconds, latest - (1000 * Owner.Interval));
    }

    private static long LastAnnouncement(Lan link, int count)
    {
        var known = new HashSet<string>();
        long last = 0;
        Expect.Within(
            TimeSpan.FromSeconds(30),
            () =>
            {
                known.Clear();
                foreach (var frame in link.Wire.Frames)
                {
                    if (frame.Announcement is { } announcement && known.Add(announcement.Address.ToString()))
                        last = frame.Time;
                }

                return known.Count >= count;
            },
            $"{count} addresses are announced");
        return last;
    }
}
