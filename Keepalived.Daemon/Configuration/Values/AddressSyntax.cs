using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>An IP address.</summary>
internal sealed class AddressSyntax(AddressFamily family = AddressFamily.Unspecified, bool multicast = false, bool linkLocal = false)
    : ValueSyntax<InetAddress>
{
    public override ValueKind Kind => ValueKind.Address;

    public override string Description => multicast ? $"{Family} multicast address" : $"{Family} address";

    private string Family => family switch
    {
        AddressFamily.InterNetwork => "IPv4",
        AddressFamily.InterNetworkV6 => "IPv6",
        _ => "IP",
    };

    public override string? Format(InetAddress value) => value.IsNone ? null : value.ToString();

    public override bool TryRead(ValueReader reader, InetAddress previous, out InetAddress value)
    {
        // As in the original, a prefix length or the end of a range is allowed and means nothing.
        var end = reader[1].IndexOfAny('/', '-');
        if (!InetAddress.TryParse(end < 0 ? reader[1] : reader[1][..end], out value)
            || (family != AddressFamily.Unspecified && value.Family != family))
        {
            reader.Invalid(1, $"'{reader.Text(1)}' is no {Family} address", $"an {Description}");
            return false;
        }

        if (linkLocal && value.IsMulticast && !IsLinkLocalGroup(value))
            reader.Invalid(1, $"{value} is not link-local; it is used", "a group such as ff02::12");
        if (!multicast || value.IsMulticast)
            return true;
        reader.Invalid(1, $"{value} is no multicast address", $"an {Description}");
        return false;
    }

    private static bool IsLinkLocalGroup(InetAddress group)
    {
        Span<byte> bytes = stackalloc byte[16];
        group.WriteTo(bytes);
        return (bytes[1] & 0xf) == 2;
    }
}
