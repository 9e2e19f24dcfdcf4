using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>How late a backup is: the network learns the new owner with the first gratuitous ARP.</summary>
internal static class Takeover
{
    private const string RealTime = "global_defs {\n    vrrp_rt_priority 50\n}";

    /// <summary>Milliseconds from the killed master's last advert to the announcement, less 3 intervals and the skew time.</summary>
    public static double BeyondProtocol(Build build, VrrpInstance instance, bool realTime = false)
    {
        var globals = realTime ? RealTime : "";
        var backup = instance with { Priority = 100 };
        using var link = new Lan("a", "b");
        var a = link.Start(build, "a", globals, instance with { State = "MASTER", Priority = 255 });
        link.Wire.Advert("a", TimeSpan.FromSeconds(5));
        var b = link.Start(build, "b", globals, backup);
        b.ExpectLog("Entering BACKUP STATE", 5);
        link.Wire.Advert("a", TimeSpan.FromSeconds(5), WallClock.Now + (300 * WallClock.Millisecond));

        a.Crash();

        b.ExpectHolding(Lan.Vip, 10);
        var last = link.Wire.Adverts("a")[^1];
        var announced = link.Wire.Announcement("b", Lan.Vip, TimeSpan.FromSeconds(2), last.Time);
        return WallClock.Between(last.Time, announced.Time).TotalMilliseconds - backup.MasterDownMilliseconds;
    }
}
