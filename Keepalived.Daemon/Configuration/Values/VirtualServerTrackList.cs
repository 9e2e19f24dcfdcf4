using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>
/// Tracked virtual servers, by what stands before their brace: <c>ADDRESS [PORT]</c>, <c>group NAME</c> or <c>fwmark MARK</c>.
/// </summary>
internal sealed class VirtualServerTrackList() : TrackList("track_virtual_server", Limit)
{
    private const int Limit = 253;

    private static readonly NumberSyntax<uint> Mark = new(1, uint.MaxValue);
    private static readonly NumberSyntax<int> Port = new(0, ushort.MaxValue);

    public override string Description =>
        $"{{ ADDRESS [PORT] [protocol P] | group NAME [protocol P] | fwmark MARK [weight -{Limit}..{Limit} [reverse|noreverse]] ... }}";

    protected override bool TryReadName(ValueReader entry, out string name, out int next)
    {
        (name, next) = ("", 2);
        if (entry[0] is "fwmark" or "group" && entry.Count < 2)
        {
            entry.Invalid(0, entry[0] is "group" ? "the name of a virtual_server_group must follow" : "a number must follow");
            return false;
        }

        if (entry[0] is "fwmark")
        {
            var isRead = Mark.TryRead(entry, 1, out var mark);
            name = VirtualServerName.OfMark(mark);
            return isRead;
        }

        if (entry[0] is "group")
        {
            if (!TryReadProtocol(entry, ref next, out var ofGroup))
                return false;
            name = VirtualServerName.OfGroup(entry.Text(1), ofGroup);
            return true;
        }

        if (!InetAddress.TryParse(entry[0], out var address))
        {
            entry.Invalid(0, $"'{entry.Text(0)}' is no IP address", "ADDRESS [PORT], group NAME or fwmark MARK");
            return false;
        }

        var port = 0;
        next = 1;
        if (entry.Count > 1 && entry[1] is [>= '0' and <= '9', ..])
        {
            if (!Port.TryRead(entry, 1, out port))
                return false;
            next = 2;
        }

        if (!TryReadProtocol(entry, ref next, out var protocol))
            return false;
        name = VirtualServerName.OfAddress(address, (ushort)port, protocol);
        return true;
    }

    private static bool TryReadProtocol(ValueReader entry, ref int next, out IpvsProtocol protocol)
    {
        protocol = IpvsProtocol.None;
        if (entry.Count <= next || entry[next] is not "protocol")
            return true;
        var word = next + 1;
        next = word + 1;
        if (word < entry.Count && VirtualServerKeywords.Protocols.TryFind(entry[word], out protocol))
            return true;
        entry.Invalid(Math.Min(word, entry.Count - 1), "TCP, UDP or SCTP must follow protocol");
        return false;
    }
}
