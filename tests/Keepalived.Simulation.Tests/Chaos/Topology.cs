using System.Net.Sockets;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>Who takes part in a run, drawn from its seed: versions, families, intervals, priorities, clocks, links.</summary>
internal sealed class Topology
{
    private static readonly int[] IntervalsInCentiseconds = [1, 2, 10, 10, 50, 100, 100, 100, 200, 500, 1000, 4095];

    private readonly Random _random;
    private readonly bool _isSlow;

    private Topology(Random random, bool isSlow)
    {
        (_random, _isSlow) = (random, isSlow);
        Hosts = random.Next(2, 6);
        Segments = random.Next(3) == 0 ? random.Next(2, 4) : 1;
    }

    public int Hosts { get; }

    /// <summary>More than one: each host has a router on each, in a sync group.</summary>
    public int Segments { get; }

    /// <summary>The longest advertisement interval, nanoseconds.</summary>
    public long Interval { get; private set; }

    public long PreemptDelay { get; private set; }

    /// <summary>Authentication headers, whose number all count together.</summary>
    public bool HasSequenceNumbers { get; private set; }

    public int DownTimerAdverts { get; private set; }

    /// <summary>The longest time that a frame takes.</summary>
    public long LongestDelay { get; private set; }

    public string Description { get; private set; } = "";

    /// <param name="isSlow">Intervals of a second and more only: many hours for few adverts.</param>
    public static Topology Create(VirtualLan lan, Random random, bool isSlow)
    {
        var topology = new Topology(random, isSlow);
        topology.Build(lan);
        return topology;
    }

    private void Build(VirtualLan lan)
    {
        var common = DrawCommon();
        DownTimerAdverts = common.DownTimerAdverts;
        HasSequenceNumbers = common.Authentication.IsAuthenticationHeader;
        PreemptDelay = MonotonicClock.FromTimeSpan(common.PreemptDelay);
        var owner = common.Preempt && common.PreemptDelay == TimeSpan.Zero && _random.Next(5) == 0 ? _random.Next(Hosts) : -1;
        var nopreempt = _random.Next(5) == 0 && PreemptDelay == 0;
        var drift = DownTimerAdverts > 1 && _random.Next(4) == 0 ? 5000 : 200;
        for (var number = 0; number < Hosts; number++)
        {
            var options = common with
            {
                Name = ((char)('A' + number)).ToString(),
                Priority = number == owner ? (byte)255 : (byte)_random.Next(1, 255),
                Preempt = !nopreempt || _random.Next(2) == 0 || number == owner,
                AdvertisementInterval = DrawInterval(common),
            };
            Interval = Math.Max(Interval, MonotonicClock.FromTimeSpan(options.AdvertisementInterval));
            var clock = new HostClock(lan.Now, _random.NextInt64(0, 1_000_000 * MonotonicClock.Second), _random.Next(-drift, drift + 1));
            var routers = Enumerable.Range(0, Segments).Select(segment => OnSegment(options, number, segment)).ToArray();
            var host = lan.AddHost(options.Name, clock, routers);
            host.ClockError = _random.NextInt64(-MonotonicClock.Second, MonotonicClock.Second);
            Description += $"{(number == 0 ? "" : "; ")}{options.Name} priority {options.Priority} interval {options.AdvertisementInterval.TotalSeconds}s"
                + (options.Preempt ? "" : " nopreempt");
        }

        DrawLinks(lan);
        Description = $"{Segments} segment(s), v{(int)common.Version} {common.Family}, {(common.IsUnicast ? "unicast" : "multicast")}, "
            + $"{Protection(common)}, down after {DownTimerAdverts}, preempt delay {common.PreemptDelay.TotalSeconds}s, "
            + $"frames up to {LongestDelay / 1000} us: {Description}";
    }

    private VrrpRouterOptions DrawCommon()
    {
        var isIPv6 = _random.Next(4) == 0;
        var isVersion2 = !isIPv6 && _random.Next(3) == 0;
        var options = isIPv6 ? RouterHarness.V3IPv6() : isVersion2 ? RouterHarness.V2() : RouterHarness.V3();
        var centiseconds = isVersion2
            ? 100 * _random.Next(1, 11)
            : IntervalsInCentiseconds[_random.Next(_isSlow ? 5 : 0, IntervalsInCentiseconds.Length)];
        options = options with
        {
            AdvertisementInterval = TimeSpan.FromMilliseconds(10 * centiseconds),
            DownTimerAdverts = _random.Next(4) == 0 ? _random.Next(1, 11) : 3,
            HigherPrioritySendAdvertisement = _random.Next(4) == 0,
            LowerPriorityNoAdvertisement = _random.Next(4) == 0,
            PreemptDelay = _random.Next(5) == 0 ? TimeSpan.FromMilliseconds(10 * centiseconds * _random.Next(1, 10)) : TimeSpan.Zero,
        };
        return _random.Next(6) switch
        {
            0 => options with { Hmac = TestKeys.Hmac() },
            1 when isVersion2 => options with { Authentication = VrrpAuthentication.AuthenticationHeader("key") },
            2 when isVersion2 => options with { Authentication = VrrpAuthentication.Pass("key") },
            3 => options with { Peers = [new VrrpPeer(options.SourceAddress)] },
            _ => options,
        };
    }

    /// <summary>In version 3 a backup learns the master's interval: they need not be the same.</summary>
    private TimeSpan DrawInterval(VrrpRouterOptions common) =>
        common.Version == VrrpVersion.V3 && common.AdvertisementInterval.TotalMilliseconds < 10000 && _random.Next(6) == 0
            ? common.AdvertisementInterval * _random.Next(1, 4)
            : common.AdvertisementInterval;

    private VrrpRouterOptions OnSegment(VrrpRouterOptions options, int number, int segment) => options with
    {
        Name = $"{options.Name}{segment}",
        SourceAddress = Source(options.Family, number, segment),
        Peers = options.IsUnicast
            ? [.. Enumerable.Range(0, Hosts).Where(peer => peer != number).Select(peer => new VrrpPeer(Source(options.Family, peer, segment)))]
            : [],
    };

    private static InetAddress Source(AddressFamily family, int number, int segment) => family == AddressFamily.InterNetwork
        ? InetAddress.FromIPv4(0x0a090001u + (uint)(segment * 256 + number))
        : InetAddress.Parse($"fe80::{segment + 1}:{number + 1}");

    /// <summary>A frame takes at most a part of the interval: later ones are as good as lost.</summary>
    private void DrawLinks(VirtualLan lan)
    {
        var shortest = lan.Nodes.Min(static node => MonotonicClock.FromTimeSpan(node.Router.Options.AdvertisementInterval));
        for (var segment = 0; segment < Segments; segment++)
        {
            var link = lan.LinkOf(segment);
            link.Delay = _random.NextInt64(MonotonicClock.Microsecond, 10 * MonotonicClock.Millisecond) % (shortest / 10);
            // A master down interval of one advert leaves the skew time to the lateness of frames.
            link.Jitter = DownTimerAdverts == 1 ? 0 : _random.NextInt64(shortest / 3);
            link.Duplication = _random.Next(2) == 0 ? 0.02 : 0;
            LongestDelay = Math.Max(LongestDelay, link.LongestDelay);
        }
    }

    private static string Protection(VrrpRouterOptions options) =>
        options.Hmac is not null ? "HMAC" : options.Authentication.Type.ToString();
}
