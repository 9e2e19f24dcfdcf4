using System.Net.Sockets;

namespace Keepalived.Netlink.Route;

/// <summary>Address families as the kernel numbers them: AF_INET6 is 10 there and 23 in .NET.</summary>
internal static class KernelFamily
{
    public const byte Unspecified = 0;
    public const byte IPv4 = 2;
    public const byte IPv6 = 10;

    public static byte ToKernel(this AddressFamily family) => family switch
    {
        AddressFamily.Unspecified => Unspecified,
        AddressFamily.InterNetwork => IPv4,
        AddressFamily.InterNetworkV6 => IPv6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Only IPv4 and IPv6 have addresses, routes and rules here."),
    };

    public static AddressFamily FromKernel(byte family) => family switch
    {
        IPv4 => AddressFamily.InterNetwork,
        IPv6 => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };

    public static InetAddress Any(byte family) =>
        family == IPv4 ? InetAddress.AnyIPv4 : family == IPv6 ? InetAddress.AnyIPv6 : InetAddress.None;
}
