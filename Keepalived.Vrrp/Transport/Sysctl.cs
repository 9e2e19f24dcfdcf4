using System.Globalization;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Kernel settings by their path under /proc/sys, such as <c>net/ipv4/conf/eth0/arp_ignore</c>. The files follow the network namespace of
/// the calling thread.
/// </summary>
internal static class Sysctl
{
    /// <summary>Whether memberships of link-local IPv4 groups are reported (Documentation/networking/ip-sysctl.rst).</summary>
    public const string LocalGroupReports = "net/ipv4/igmp_link_local_mcast_reports";

    private const string Root = "/proc/sys/";

    /// <summary>The path of an IPv4 setting of an interface, or of <c>all</c> or <c>default</c>.</summary>
    public static string IPv4(string @interface, string setting) => $"net/ipv4/conf/{@interface}/{setting}";

    /// <summary>The path of an IPv6 setting of an interface.</summary>
    public static string IPv6(string @interface, string setting) => $"net/ipv6/conf/{@interface}/{setting}";

    /// <summary>The value; <see langword="null"/> if there is no such setting (the interface is gone, the protocol off) or it is no number.</summary>
    public static int? Read(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(Root + path).AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sets it.</summary>
    /// <returns>What went wrong; <see langword="null"/> if nothing did.</returns>
    public static Exception? Write(string path, int value)
    {
        try
        {
            using var file = File.OpenHandle(Root + path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            Span<byte> text = stackalloc byte[12];
            value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
            RandomAccess.Write(file, text[..length], 0);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }
}
