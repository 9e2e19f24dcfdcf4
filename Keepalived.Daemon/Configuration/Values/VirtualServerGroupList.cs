using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Addresses of a virtual server: single ones, ranges, networks, marks. A wrong entry is left out.</summary>
internal sealed class VirtualServerGroupList() : ListSyntax<VirtualServerGroupEntry>("virtual_server_group")
{
    private static readonly NumberSyntax<int> Port = new(1, 65535, lenient: true);
    private static readonly NumberSyntax<uint> Mark = new(0, uint.MaxValue, lenient: true);

    public override string Description => "{ IP[-IP|-LAST|/LENGTH] [PORT] | fwmark MARK [inet|inet6] ... }";

    protected override void ReadEntry(ValueReader entry, List<VirtualServerGroupEntry> list)
    {
        if (entry[0] is "fwmark")
            ReadMark(entry, list);
        else if (FindProblem(entry[0], out var first, out var last) is { } problem)
            entry.Invalid(0, $"'{entry.Text(0)}' {problem}; it is left out", "IP, IP-IP, IP-LAST or IP/LENGTH");
        else if (TryReadPort(entry, out var port))
            list.Add(new VirtualServerGroupEntry
            {
                First = first,
                Last = last,
                Port = port,
                Family = first.Family,
                Position = entry.Statement.Location,
            });
    }

    private static void ReadMark(ValueReader entry, List<VirtualServerGroupEntry> list)
    {
        if (entry.Count < 2)
            entry.Context.ReportMissing(entry.Keyword, entry.Statement, fatal: true, "virtual_server_group: the mark is missing");
        else if (entry.Count > 2 && entry[2] is not ("inet" or "inet6"))
            entry.Unknown(2, ["inet", "inet6"]);
        else if (Mark.TryRead(entry, 1, out var mark))
            list.Add(new VirtualServerGroupEntry
            {
                FirewallMark = mark,
                Family = entry.Count < 3 ? AddressFamily.Unspecified
                    : entry[2] is "inet" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6,
                Position = entry.Statement.Location,
            });
    }

    private static bool TryReadPort(ValueReader entry, out ushort port)
    {
        port = 0;
        if (entry.Count < 2 || entry[1] is "0")
            return true;
        if (!Port.TryRead(entry, 1, out var number))
            return false;
        port = (ushort)number;
        return true;
    }

    private static string? FindProblem(ReadOnlySpan<char> text, out InetAddress first, out InetAddress last)
    {
        first = last = default;
        if (text.Contains('/'))
        {
            if (!InetPrefix.TryParse(text, out var prefix) || prefix.Length == 0)
                return "is no network";
            first = prefix.Address;
            last = LastOf(prefix);
            return first.Mask(prefix.Length) == first ? null : "has host bits";
        }

        var dash = text.IndexOf('-');
        if (!InetAddress.TryParse(dash < 0 ? text : text[..dash], out first))
            return "is no IP address";
        last = first;
        if (dash < 0)
            return null;
        if (!TryReadEnd(text[(dash + 1)..], first, out last))
            return "has no end that fits";
        return last.CompareTo(first) < 0 || (last == first && !text[(dash + 1)..].ContainsAny('.', ':')) ? "ends before it begins" : null;
    }

    // The network's last address: all bits of the host set.
    private static InetAddress LastOf(InetPrefix prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes = bytes[..prefix.Address.WriteTo(bytes)];
        for (var bit = prefix.Length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        return InetAddress.FromBytes(bytes);
    }

    // The end of a range: an address, or its last part alone (decimal of IPv4, hexadecimal of IPv6).
    private static bool TryReadEnd(ReadOnlySpan<char> text, InetAddress first, out InetAddress last)
    {
        if (InetAddress.TryParse(text, out last))
            return last.Family == first.Family;
        last = default;
        Span<byte> bytes = stackalloc byte[16];
        var length = first.WriteTo(bytes);
        if (first.IsIPv4)
        {
            if (!byte.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
                out bytes[3]))
                return false;
        }
        else
        {
            if (!ushort.TryParse(
                text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var end))
                return false;
            (bytes[14], bytes[15]) = ((byte)(end >> 8), (byte)end);
        }

        last = InetAddress.FromBytes(bytes[..length]);
        return true;
    }
}
