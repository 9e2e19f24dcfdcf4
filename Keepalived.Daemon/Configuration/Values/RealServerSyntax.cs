using Keepalived.Daemon.Configuration.Binding.VirtualServers;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Values;

/// <summary>The real servers of a virtual server. Their heads have been looked at before their blocks are read.</summary>
internal sealed class RealServerSyntax : ValueSyntax<List<RealServerDraft>>
{
    public override string Description => "IP [PORT] { ... }";

    public override KeywordBlock Block => RealServerKeywords.Block;

    public override WithoutParameter WithoutParameter => WithoutParameter.Fine;

    public override bool TryRead(ValueReader reader, List<RealServerDraft>? previous, out List<RealServerDraft> value)
    {
        value = previous ?? [];
        if (!InetAddress.TryParse(reader[1], out var address))
            return false;
        var method = reader.Values.Find(VirtualServerKeywords.LvsMethod);
        var server = new RealServerDraft(address, Ports.Parse(reader, 2), reader.Statement.Location) { Method = method };
        value.Add(server);
        reader.Context.CurrentServer = server;
        var values = reader.Context.Borrow(Block);
        values.Location = server.Location;
        reader.Context.ReadBlock(reader.Statement, values);
        server.Take(values);
        return true;
    }
}
