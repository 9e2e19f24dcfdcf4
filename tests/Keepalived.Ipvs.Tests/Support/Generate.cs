using System.Net.Sockets;
using CsCheck;
using Keepalived.Netlink;

namespace Keepalived.Ipvs.Tests.Support;

/// <summary>Valid values from a small world, so that two tables have much in common.</summary>
internal static class Generate
{
    private static readonly Gen<IpvsTunnelChecksum> Checksum =
        Gen.OneOf(IpvsTunnelChecksum.None, IpvsTunnelChecksum.Checksum, IpvsTunnelChecksum.RemoteChecksum);

    private static readonly Gen<IpvsTunnel> Tunnel = Gen.OneOf<IpvsTunnel>(
        Gen.Const(IpvsTunnel.Ipip),
        Gen.Select(Gen.UShort[1, 65535], Checksum, IpvsTunnel.Gue),
        Gen.OneOf(IpvsTunnelChecksum.None, IpvsTunnelChecksum.Checksum).Select(IpvsTunnel.Gre));

    private static readonly Gen<IpvsProtocol> Protocol = Gen.OneOf(IpvsProtocol.Tcp, IpvsProtocol.Udp, IpvsProtocol.Sctp);

    private static readonly Gen<AddressFamily> Family = Gen.OneOf(AddressFamily.InterNetwork, AddressFamily.InterNetworkV6);

    public static Gen<IpvsServiceKey> Key { get; } = Gen.OneOf<IpvsServiceKey>(
        Gen.Select(Protocol, Address(Family, 3), Gen.OneOf<ushort>(80, 443), IpvsServiceKey.Create),
        Gen.Select(Gen.UInt[1, 2], Family, IpvsServiceKey.ForMark));

    public static Gen<IpvsService> Service { get; } = Key.SelectMany(ServiceOf);

    public static Gen<IpvsTableEntry> Entry { get; } = Gen.Select(Service, Gen.Int[0, 4]).SelectMany((service, count) =>
        Destination(service.Key).Array[count].Select(destinations =>
            new IpvsTableEntry(service, [.. destinations.DistinctBy(destination => destination.Key)])));

    public static Gen<IpvsTable> Table { get; } =
        Entry.Array[0, 8].Select(entries => new IpvsTable(entries.DistinctBy(entry => entry.Service.Key)));

    public static Gen<IpvsDestination> Destination(IpvsServiceKey service)
    {
        var plain = Gen.Select(
            Address(Gen.Const(service.Family), 4),
            Gen.OneOf<ushort>(80, 8080),
            Gen.OneOf(IpvsForwarding.Nat, IpvsForwarding.DirectRouting, IpvsForwarding.Local),
            (address, port, method) => new IpvsDestination { Address = address, Port = port, Forwarding = method });
        var tunnelled = Gen.Select(
            Address(Family, 4),
            Tunnel,
            (address, tunnel) => new IpvsDestination
            {
                Address = address,
                Port = service.Port,
                Forwarding = IpvsForwarding.Tunnel,
                Tunnel = tunnel,
            });
        return Gen.Select(
            Gen.OneOf<IpvsDestination>(plain, tunnelled), Gen.OneOf(0, 1, 100, int.MaxValue), Gen.OneOf(0u, 10u, uint.MaxValue), Gen.Bool,
            (destination, weight, upper, hasLower) =>
                destination with { Weight = weight, UpperThreshold = upper, LowerThreshold = hasLower ? upper / 2 : 0 });
    }

    private static Gen<IpvsService> ServiceOf(IpvsServiceKey key)
    {
        var granularity = key.Family == AddressFamily.InterNetwork
            ? Gen.OneOf<IpvsGranularity>(
                Gen.Const(IpvsGranularity.Host),
                Gen.Int[1, 31].Select(IpvsGranularity.Prefix),
                Gen.Const(IpvsGranularity.Mask(InetAddress.Parse("255.0.255.0"))))
            : Gen.OneOf<IpvsGranularity>(Gen.Const(IpvsGranularity.Host), Gen.Int[1, 127].Select(IpvsGranularity.Prefix));
        var persistence = Gen.Select(
            Gen.OneOf(1, 360, 2_678_400), granularity, Gen.OneOf<string?>(null, "sip"),
            (timeout, granularity, engine) => new IpvsPersistence
            {
                Timeout = TimeSpan.FromSeconds(timeout),
                Granularity = granularity,
                Engine = engine,
            });
        var flags = Gen.Int[0, 7].Select(bits => (IpvsServiceFlags)(bits << 3));
        return Gen.Select(
            Gen.OneOf("rr", "wlc", "sh"), flags, Gen.Bool, persistence, Gen.Bool,
            (scheduler, flags, isPersistent, persistence, onePacket) => new IpvsService
            {
                Key = key,
                Scheduler = scheduler,
                Flags = onePacket && (key.IsMark || key.Protocol == IpvsProtocol.Udp) ? flags | IpvsServiceFlags.OnePacket : flags,
                Persistence = isPersistent ? persistence : null,
            });
    }

    private static Gen<InetAddress> Address(Gen<AddressFamily> family, int count) => Gen.Select(
        family, Gen.Int[1, count],
        (family, host) => InetAddress.Parse(family == AddressFamily.InterNetwork ? $"192.0.2.{host}" : $"2001:db8::{host}"));
}
