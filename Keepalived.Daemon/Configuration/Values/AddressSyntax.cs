using System.Net.Sockets;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>An IP address.</summary>
internal sealed class AddressSyntax(AddressFamily family = AddressFamily.Unspecified, bool multicast = false) : ValueSyntax<InetAddress>
{
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
        if (!InetAddress.TryParse(reader[1], out value) || (family != AddressFamily.Unspecified && value.Family != family))
        {
            reader.Invalid(1, $"'{reader.Text(1)}' is no {Family} address", $"an {Description}");
            return false;
        }

        if (!multicast || value.IsMulticast)
            return true;
        reader.Invalid(1, $"{value} is no multicast address", $"an {Description}");
        return false;
    }
}
