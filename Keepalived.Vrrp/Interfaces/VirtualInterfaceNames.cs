using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Keepalived.Netlink.Route;

namespace Keepalived.Vrrp.Interfaces;

/// <summary>How virtual MAC interfaces are called that nobody named.</summary>
internal static class VirtualInterfaceNames
{
    private const int FamilySuffix = 6;

    /// <summary>
    /// The names to try, in order: PREFIX.VRID; then over IPv6 PREFIX6.VRID; then PREFIX1.VRID, PREFIX2.VRID ... without 6 for IPv6. Each
    /// has at most 15 bytes: the prefix is cut.
    /// </summary>
    public static IEnumerable<string> Candidates(string prefix, byte virtualRouterId, AddressFamily family)
    {
        yield return Make(prefix, string.Empty, virtualRouterId);
        var isIPv6 = family == AddressFamily.InterNetworkV6;
        if (isIPv6)
            yield return Make(prefix, FamilySuffix.ToString(CultureInfo.InvariantCulture), virtualRouterId);
        for (var number = 1; number < ushort.MaxValue; number++)
        {
            if (!isIPv6 || number != FamilySuffix)
                yield return Make(prefix, number.ToString(CultureInfo.InvariantCulture), virtualRouterId);
        }
    }

    private static string Make(string prefix, string number, byte virtualRouterId)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $"{number}.{virtualRouterId}");
        var length = prefix.Length;
        while (Encoding.UTF8.GetByteCount(prefix.AsSpan(0, length)) + end.Length > Link.MaxNameLength)
            length--;
        return string.Concat(prefix.AsSpan(0, length), end);
    }
}
