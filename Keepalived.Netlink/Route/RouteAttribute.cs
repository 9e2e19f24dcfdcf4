namespace Keepalived.Netlink.Route;

/// <summary>RTA_* of linux/rtnetlink.h.</summary>
internal static class RouteAttribute
{
    public const ushort Destination = 1;
    public const ushort Source = 2;
    public const ushort InputInterface = 3;
    public const ushort OutputInterface = 4;
    public const ushort Gateway = 5;
    public const ushort Priority = 6;
    public const ushort PreferredSource = 7;
    public const ushort Metrics = 8;
    public const ushort Multipath = 9;
    public const ushort Flow = 11;
    public const ushort CacheInfo = 12;
    public const ushort Table = 15;
    public const ushort Mark = 16;
    public const ushort Via = 18;
    public const ushort Preference = 20;
    public const ushort EncapsulationType = 21;
    public const ushort Encapsulation = 22;
    public const ushort Expires = 23;
    public const ushort TtlPropagate = 26;
    public const ushort NexthopId = 30;
}
