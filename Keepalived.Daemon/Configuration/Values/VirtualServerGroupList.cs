using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>Addresses of a virtual server: single ones, ranges, networks, marks. A wrong entry is left out.</summary>
internal sealed class VirtualServerGroupList() : ListSyntax<string>("virtual_server_group")
{
    private static readonly NumberSyntax<int> Port = new(1, 65535, lenient: true);
    private static readonly NumberSyntax<uint> Mark = new(0, uint.MaxValue, lenient: true);

    public override string Description => "{ IP[-IP|-LAST|/LENGTH] [PORT] | fwmark MARK [inet|inet6] ... }";

    protected override void ReadEntry(ValueReader entry, List<string> list)
    {
        if (entry[0] is "fwmark")
        {
            if (entry.Count < 2)
                entry.Context.ReportMissing(entry.Keyword, entry.Statement, fatal: true, "virtual_server_group: the mark is missing");
            else if (entry.Count > 2 && entry[2] is not ("inet" or "inet6"))
                entry.Unknown(2, ["inet", "inet6"]);
            else if (Mark.TryRead(entry, 1, out _))
                list.Add(entry.Count > 2 ? $"fwmark {entry.Text(1)} {entry.Text(2)}" : $"fwmark {entry.Text(1)}");
            return;
        }

        if (FindProblem(entry[0]) is { } problem)
            entry.Invalid(0, $"'{entry.Text(0)}' {problem}; it is left out", "IP, IP-IP, IP-LAST or IP/LENGTH");
        else if (entry.Count < 2 || entry[1] is "0" || Port.TryRead(entry, 1, out _))
            list.Add(entry.Text(0));
    }

    private static string? FindProblem(ReadOnlySpan<char> text)
    {
        if (text.Contains('/'))
            return !InetPrefix.TryParse(text, out var prefix)
                || prefix.Length == 0 ? "is no network" : prefix.Address.Mask(prefix.Length) == prefix.Address ? null : "has host bits";
        var dash = text.IndexOf('-');
        if (!InetAddress.TryParse(dash < 0 ? text : text[..dash], out var first))
            return "is no IP address";
        if (dash < 0)
            return null;
        if (!TryReadEnd(text[(dash + 1)..], first, out var last))
            return "has no end that fits";
        return last.CompareTo(first) < 0 || (last == first && !text[(dash + 1)..].ContainsAny('.', ':')) ? "ends before it begins" : null;
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
