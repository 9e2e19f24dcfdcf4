using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>The server of last resort. It takes the method that the virtual server has so far.</summary>
internal sealed class SorryServerSyntax : ValueSyntax<SorryServerDraft>
{
    public override string Description => "IP [PORT]";

    public override bool TryRead(ValueReader reader, SorryServerDraft? previous, out SorryServerDraft value)
    {
        value = null!;
        if (!InetAddress.TryParse(reader[1], out var address))
        {
            reader.Invalid(1, $"'{reader.Text(1)}' is no IP address", Description);
            return false;
        }

        var isRead = Ports.TryRead(reader, 2, out var port);
        value = new SorryServerDraft(address, port, reader.Values.Find(VirtualServerKeywords.LvsMethod));
        return isRead;
    }
}
