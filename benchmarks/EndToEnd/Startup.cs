using Keepalived.Interop.Tests.Lab;

namespace Keepalived.EndToEnd;

/// <summary>From the fork that becomes the daemon to the first frame on the wire.</summary>
internal static class Startup
{
    /// <summary>Milliseconds; the owner of the addresses does not wait for anybody.</summary>
    public static double ToFirstAdvert(Build build)
    {
        using var link = new Lan("a");
        var owner = link.Start(build, "a", new VrrpInstance { State = "MASTER", Priority = 255, Interval = 1 });
        var advert = link.Wire.Advert("a", TimeSpan.FromSeconds(5));
        return WallClock.Between(owner.StartedAt, advert.Time).TotalMilliseconds;
    }
}
