using Keepalived.Interop.Tests.Lab;

namespace Keepalived.Interop.Tests.Wire;

/// <summary>What somebody on the link may send at a master of priority 200 and a backup of priority 100 of one virtual router.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Frames">Sent one after the other, again and again.</param>
internal sealed record HostileAdverts(string Name, byte[][] Frames)
{
    private const string Nobody = "10.90.0.67";
    private const string LowerThanAll = "10.89.0.1";
    private const int MoreFragments = 0x20;

    /// <summary>Whether it is an advert that the master must yield to, or a farewell that the backup must believe.</summary>
    public bool IsObeyed { get; init; }

    /// <summary>Against version 3 over IPv4.</summary>
    public static HostileAdverts[] Version3(int centiseconds) =>
    [
        new("malformed", MalformedAdverts.Version3),
        new("of version 2", [.. MalformedAdverts.Version2, AdvertBuilder.Version2(254, 1, [Lan.Vip])]),
        new("damaged", Damaged(AdvertBuilder.Version3(254, centiseconds, [Lan.Vip]))),
        new("fragments", Fragments(AdvertBuilder.Version3(254, centiseconds, [Lan.Vip]))),
        new("lower priorities", [.. Enumerable.Range(1, 199).Select(priority => AdvertBuilder.Version3(priority, centiseconds, [Lan.Vip]))]),
        new("the same priority from a lower address", [AdvertBuilder.Version3(200, centiseconds, [Lan.Vip], LowerThanAll)]),
        new("the master's own", [AdvertBuilder.Version3(200, centiseconds, [Lan.Vip], Lan.Address("a")), AdvertBuilder.Version3(50, centiseconds, [Lan.Vip], Lan.Address("a"))]),
        new("other addresses and intervals", [AdvertBuilder.Version3(150, 4095, [Lan.Vip]), AdvertBuilder.Version3(150, centiseconds, ["10.90.0.9"]),
            AdvertBuilder.Version3(150, centiseconds, [.. Enumerable.Range(1, 255).Select(static number => $"10.90.1.{number}")])]),
        new("several masters", [AdvertBuilder.Version3(150, centiseconds, [Lan.Vip]), AdvertBuilder.Version3(160, centiseconds, [Lan.Vip], Nobody)]),
        new("other routers", [.. Enumerable.Range(1, 255).Where(static vrid => vrid != 51).Select(vrid => AdvertBuilder.Version3(254, centiseconds, [Lan.Vip], "", (byte)vrid))]),
        new("farewells", [AdvertBuilder.Version3(0, centiseconds, [Lan.Vip]), AdvertBuilder.Version3(0, centiseconds, [Lan.Vip], Lan.Address("a"))]) { IsObeyed = true },
        new("takeovers and farewells", [AdvertBuilder.Version3(254, centiseconds, [Lan.Vip]), AdvertBuilder.Version3(0, centiseconds, [Lan.Vip]),
            AdvertBuilder.Version3(255, centiseconds, [Lan.Vip], Nobody), AdvertBuilder.Version3(50, centiseconds, [Lan.Vip])]) { IsObeyed = true },
    ];

    /// <summary>Against version 2 with this password, or without authentication if it is empty.</summary>
    public static HostileAdverts[] Version2(int seconds, string password) =>
    [
        new("malformed", MalformedAdverts.Version2),
        new("of version 3", [.. MalformedAdverts.Version3, AdvertBuilder.Version3(254, 100 * seconds, [Lan.Vip])]),
        new("damaged", Damaged(AdvertBuilder.Version2(254, seconds, [Lan.Vip], password: password))),
        new("of other passwords", [AdvertBuilder.Version2(254, seconds, [Lan.Vip], password: "wrong"), AdvertBuilder.Version2(254, seconds, [Lan.Vip], password: password + "x")]),
        new("of other intervals", [.. Enumerable.Range(0, 255).Where(other => other != seconds).Select(other => AdvertBuilder.Version2(254, other, [Lan.Vip], password: password))]),
        new("lower priorities", [.. Enumerable.Range(1, 199).Select(priority => AdvertBuilder.Version2(priority, seconds, [Lan.Vip], password: password))]),
    ];

    /// <summary>Against authentication headers: what the master sent before, and what lacks the header.</summary>
    public static HostileAdverts[] Authenticated(int seconds, byte[][] recorded) =>
    [
        new("malformed", MalformedAdverts.Version2),
        new("unauthenticated", [AdvertBuilder.Version2(254, seconds, [Lan.Vip]), AdvertBuilder.Version2(0, seconds, [Lan.Vip]), AdvertBuilder.Version2(254, seconds, [Lan.Vip], password: "secret")]),
        new("recorded", recorded),
        new("damaged", [.. recorded.SelectMany(Damaged)]),
    ];

    /// <summary>Against IPv6, made of what the master sent.</summary>
    public static HostileAdverts[] IPv6(byte[][] recorded) => [new("malformed", MalformedAdverts.IPv6), new("damaged", [.. recorded.SelectMany(Damaged)]), new("recorded", recorded)];

    /// <summary>Each with one other byte behind the Ethernet header.</summary>
    private static byte[][] Damaged(byte[] frame) =>
    [
        .. Enumerable.Range(14, frame.Length - 14).Select(at =>
        {
            byte[] damaged = [.. frame];
            damaged[at] ^= (byte)(1 << (at % 8));
            return damaged;
        }),
    ];

    /// <summary>First halves of datagrams without an end, each of another datagram.</summary>
    private static byte[][] Fragments(byte[] frame) =>
    [
        .. Enumerable.Range(1, 500).Select(id =>
        {
            byte[] fragment = [.. frame];
            (fragment[18], fragment[19], fragment[20]) = ((byte)(id >> 8), (byte)id, MoreFragments);
            InternetChecksum.Store(fragment.AsSpan(14, 20), 10);
            return fragment;
        }),
    ];
}
