using System.Globalization;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <content>What a rule matches.</content>
internal sealed partial class RuleParser
{
    private const int MaxProtocol = 127;
    private const int MaxGroup = int.MaxValue;

    private bool TryReadMatch(string word)
    {
        byte small;
        uint number;
        switch (word)
        {
            case "preference" or "order" or "priority":
                return cursor.ReadAnyBase("preference", uint.MaxValue, out number) && Set(_rule with { Priority = number });
            case "tos" or "dsfield":
                return cursor.ReadByte("tos", cursor.Names.Fields, out small) && Set(_rule with { TypeOfService = small });
            case "fwmark":
                return TryReadMark();
            case "realms":
                return cursor.ReadRealms(out number) && Set(_rule with { Realms = number });
            case "suppress_prefixlength" or "sup_pl":
                return cursor.ReadAnyBase("prefix length", 128, out number) && Set(_rule with { SuppressPrefixLength = (int)number });
            case "suppress_ifgroup" or "sup_group":
                return cursor.ReadName("interface group", cursor.Names.Groups, MaxGroup, out number)
                    && Set(_rule with { SuppressInterfaceGroup = (int)number });
            case "protocol":
                _hasProtocol = true;
                return cursor.ReadByte("protocol", cursor.Names.Protocols, out small) && Set(_rule with { Protocol = small });
            case "ipproto":
                return TryReadIpProtocol();
            case "uidrange":
                return TryReadRange("range of user ids", uint.MaxValue, isSingleAllowed: false, out var first, out var last)
                    && Set(_rule with { Users = new UserRange(first, last) });
            case "sport":
                return TryReadRange("range of ports", ushort.MaxValue, isSingleAllowed: true, out first, out last)
                    && Set(_rule with { SourcePorts = new PortRange((ushort)first, (ushort)last) });
            case "dport":
                return TryReadRange("range of ports", ushort.MaxValue, isSingleAllowed: true, out first, out last)
                    && Set(_rule with { DestinationPorts = new PortRange((ushort)first, (ushort)last) });
            case "tunnel-id":
                if (!cursor.ReadValue())
                    return false;
                return ulong.TryParse(cursor.Word, NumberStyles.None, CultureInfo.InvariantCulture, out var tunnel)
                    ? Set(_rule with { TunnelId = tunnel }) : cursor.Fail($"'{cursor.Word}' is no tunnel id");
            default:
                return cursor.Fail($"'{word}' is no option of a rule");
        }
    }

    private bool TryReadMark()
    {
        if (!cursor.ReadValue())
            return false;
        var parts = cursor.Word.Split('/');
        var mask = (long)uint.MaxValue;
        if (parts.Length > 2 || !Integers.TryParseAnyBase(parts[0], out var mark) || mark is < 0 or > uint.MaxValue
            || (parts.Length == 2 && (!Integers.TryParseAnyBase(parts[1], out mask) || mask is < 0 or > uint.MaxValue)))
        {
            return cursor.Fail($"'{cursor.Word}' is no mark", "MARK or MARK/MASK");
        }

        return Set(_rule with { Mark = (uint)mark, MarkMask = parts.Length == 2 ? (uint)mask : null });
    }

    /// <summary>A name of /etc/protocols, or a number. What is neither is reported; the rule matches any protocol then.</summary>
    private bool TryReadIpProtocol()
    {
        if (!cursor.ReadValue())
            return false;
        if (Integers.TryParseAnyBase(cursor.Word, out var number) ? number is >= 0 and <= MaxProtocol : IpProtocols.TryFind(cursor.Word, out number))
            return Set(_rule with { IpProtocol = (byte)number });
        cursor.Complain($"'{cursor.Word}' is no IP protocol; it is ignored", $"a name of /etc/protocols or a number up to {MaxProtocol}");
        return true;
    }

    private bool TryReadRange(string name, uint max, bool isSingleAllowed, out uint first, out uint last)
    {
        (first, last) = (0, 0);
        if (!cursor.ReadValue())
            return false;
        var text = cursor.Word;
        var dash = text.IndexOf('-');
        var (from, to) = dash < 0 ? (text, text) : (text[..dash], text[(dash + 1)..]);
        if ((dash < 0 && !isSingleAllowed)
            || !uint.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out first)
            || !uint.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out last)
            || first > last || last > max)
        {
            return cursor.Fail($"'{text}' is no {name}", isSingleAllowed ? $"N or N-N, up to {max}" : $"N-N, up to {max}");
        }

        return true;
    }
}
