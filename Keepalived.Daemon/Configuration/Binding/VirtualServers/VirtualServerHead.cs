using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>What stands before the brace of a virtual server: an address with or without port, a firewall mark, or a group.</summary>
internal readonly record struct VirtualServerHead
{
    private static readonly NumberSyntax<uint> Mark = new(0, uint.MaxValue, lenient: true);

    public InetAddress Address { get; init; }

    public ushort Port { get; init; }

    public uint FirewallMark { get; init; }

    public bool IsMark { get; init; }

    public string? Group { get; init; }

    public bool IsAddress => !Address.IsNone;

    /// <summary>Reads the head of a virtual server; false, reported, if its block is to be left out.</summary>
    public static bool TryRead(BindContext context, Keyword keyword, Statement statement, out VirtualServerHead head)
    {
        head = default;
        var isMark = statement.WordCount > 1 && statement[1] is "fwmark";
        if (statement.WordCount < 2 || (statement.WordCount < 3 && (isMark || statement[1] is "group")))
        {
            context.ReportMissing(keyword, statement, fatal: true);
            return false;
        }

        var reader = new ValueReader(context, keyword, statement, context.Global);
        if (isMark)
        {
            var isRead = Mark.TryRead(reader, 2, out var mark);
            head = new VirtualServerHead { IsMark = true, FirewallMark = mark };
            return isRead;
        }

        if (statement[1] is "group")
        {
            head = new VirtualServerHead { Group = reader.Text(2) };
            return true;
        }

        if (!TryReadAddress(reader, out var address, out var port))
            return false;
        head = new VirtualServerHead { Address = address, Port = port ?? 0 };
        return true;
    }

    /// <summary>Whether a real server's block may be read: its head is an address.</summary>
    public static bool IsServer(BindContext context, Keyword keyword, Statement statement)
    {
        if (statement.WordCount >= 2)
            return TryReadAddress(new ValueReader(context, keyword, statement, context.Global), out _, out _);
        context.ReportMissing(keyword, statement, fatal: true);
        return false;
    }

    private static bool TryReadAddress(ValueReader reader, out InetAddress address, out ushort? port)
    {
        port = null;
        if (InetAddress.TryParse(reader[1], out address))
            return Ports.TryRead(reader, 2, out port);
        reader.Invalid(1, $"'{reader.Text(1)}' is no IP address; the block is left out", reader.Keyword.Parameters);
        return false;
    }
}
