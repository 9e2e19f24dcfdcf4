using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary><c>use_ipvlan</c>: a name, an address, how it talks to others, and its group, in any order.</summary>
internal sealed class IpvlanSyntax : ValueSyntax<IpvlanConfiguration>
{
    public override string Description => "[[name] INTERFACE] [IP[/LENGTH]] [bridge|private|vepa] [group GROUP]";

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, IpvlanConfiguration? previous, out IpvlanConfiguration value)
    {
        value = new IpvlanConfiguration();
        for (var word = 1; word < reader.Count; word++)
        {
            switch (reader[word])
            {
                case "bridge":
                    value = value with { Flags = IpvlanFlags.None };
                    break;
                case "private":
                    value = value with { Flags = IpvlanFlags.Private };
                    break;
                case "vepa":
                    value = value with { Flags = IpvlanFlags.Vepa };
                    break;
                case "group" when word + 1 < reader.Count:
                    value = value with { Group = InterfaceGroup.Read(reader, ++word) };
                    break;
                case "name" when word + 1 < reader.Count:
                    value = value with { Name = VirtualInterfaceName.Read(reader, ++word, value.Name) };
                    break;
                default:
                    value = TryReadAddress(reader[word], out var address)
                        ? value with { Address = address }
                        : value with { Name = VirtualInterfaceName.Read(reader, word, value.Name) };
                    break;
            }
        }

        return true;
    }

    private static bool TryReadAddress(ReadOnlySpan<char> text, out InetPrefix address)
    {
        if (InetPrefix.TryParse(text, out address))
            return true;
        if (!InetAddress.TryParse(text, out var host))
            return false;
        address = InetPrefix.Host(host);
        return host.Family is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6;
    }
}
