using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Syntax;
using Keepalived.Daemon.Configuration.Text;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The rules of <c>virtual_server</c>: its head, and its keywords against each other.</summary>
internal static class VirtualServerCompletion
{
    private static readonly NumberSyntax<uint> Mark = new(0, uint.MaxValue, lenient: true);
    private static readonly NumberSyntax<int> Port = new(0, 65535, lenient: true);

    /// <summary>Whether the block may be read: its head names a service.</summary>
    public static bool CheckHead(BindContext context, Keyword keyword, Statement statement)
    {
        var isMark = statement.WordCount > 1 && statement[1] is "fwmark";
        if (statement.WordCount < 2 || (statement.WordCount < 3 && (isMark || statement[1] is "group")))
        {
            context.ReportMissing(keyword, statement, fatal: true);
            return false;
        }

        var reader = new ValueReader(context, keyword, statement, context.Global);
        if (isMark)
            return Mark.TryRead(reader, 2, out _);
        if (statement[1] is "group")
            return true;
        if (InetAddress.TryParse(statement[1], out _))
            return statement.WordCount < 3 || Port.TryRead(reader, 2, out _);
        reader.Invalid(1, $"'{reader.Text(1)}' is no IP address; the block is left out", keyword.Parameters);
        return false;
    }

    /// <summary>Whether a real server's block may be read.</summary>
    public static bool CheckServer(BindContext context, Keyword keyword, Statement statement)
    {
        if (statement.WordCount < 2)
        {
            context.ReportMissing(keyword, statement, fatal: true);
            return false;
        }

        var reader = new ValueReader(context, keyword, statement, context.Global);
        if (InetAddress.TryParse(statement[1], out _))
            return statement.WordCount < 3 || Port.TryRead(reader, 2, out _);
        reader.Invalid(1, $"'{reader.Text(1)}' is no IP address; the block is left out", keyword.Parameters);
        return false;
    }

    public static void Check(BindContext context, BlockValues values)
    {
        var (count, weight) = values.Get(VirtualServerKeywords.RealServer) is { } servers ? (servers.Count, servers.Weight) : (0, 0);
        if (count == 0)
        {
            Report(context, values.Location, "there is no real_server; the virtual server is left out");
            return;
        }

        if (values.Name == "group" && !context.Exists(RootKeywords.VirtualServerGroup, values.SecondName))
            context.Remark(values.Location, DiagnosticCodes.UnknownName,
                $"virtual_server: there is no virtual_server_group {values.SecondName} before this");
        if (values.Name == "fwmark" && values.Has(VirtualServerKeywords.Protocol))
            Report(context, values.LocationOf(VirtualServerKeywords.Protocol), "a service by mark has no protocol; it is ignored");
        CheckServers(context, values);
        var isAddress = InetAddress.TryParse(values.Name, out var address);
        CheckFamily(context, values, address);
        CheckSorryServer(context, values, address);
        if (isAddress && !values.Has(VirtualServerKeywords.Protocol))
            Report(context, values.Location, "there is no protocol; UDP is used");
        if (isAddress && values.Has(VirtualServerKeywords.Ops) && values.Get(VirtualServerKeywords.Protocol) is { } protocol
            && protocol != "UDP")
            Report(context, values.LocationOf(VirtualServerKeywords.Ops), "ops needs protocol UDP; it is ignored");
        if (isAddress && values.SecondName is "" or "0" && !values.Has(VirtualServerKeywords.PersistenceTimeout))
            Report(context, values.Location, "a service without port must be persistent; persistence_timeout 360 is used");
        if (!values.Has(VirtualServerKeywords.LvsSched) && !values.Has(VirtualServerKeywords.LbAlgo))
            Report(context, values.Location, "there is no lvs_sched; wlc is used");
        var quorum = values.Get(VirtualServerKeywords.Quorum);
        if (quorum > weight)
        {
            Report(context, values.LocationOf(VirtualServerKeywords.Quorum),
                $"the quorum {quorum} is more than the weights of all real servers, {weight}, which is used");
            quorum = (uint)Math.Max(0, weight);
        }

        var hysteresis = values.Get(VirtualServerKeywords.Hysteresis);
        if (hysteresis > 0 && hysteresis >= quorum)
            Report(context, values.LocationOf(VirtualServerKeywords.Hysteresis),
                $"hysteresis {hysteresis} is not less than the quorum; {Math.Max(1, quorum) - 1} is used");
    }

    private static void CheckServers(BindContext context, BlockValues values)
    {
        var totals = values.Get(VirtualServerKeywords.RealServer)!;
        var method = values.Get(VirtualServerKeywords.LvsMethod) ?? values.Get(VirtualServerKeywords.LbKind);
        if (method is null)
            Report(context, values.Location, "there is no lvs_method; NAT is used");
        var isAddress = InetAddress.TryParse(values.Name, out var address);
        var seen = new HashSet<(InetAddress, string)>();
        foreach (var (server, port, location) in totals.Servers)
        {
            if (!seen.Add((server, port)))
                Report(context, location, $"the real_server {server} {port} is given twice; the second is left out");
            if (isAddress && method?.Method != "TUN" && server.Family != address.Family)
                Report(context, location, $"the real_server {server} is of another family than the virtual server; it is left out");
            if (method?.Method is not ("DR" or "TUN"))
                continue;
            if (values.Name == "fwmark" && port is not ("" or "0"))
                Report(context, location, $"behind a mark, the real_server {server} has no port; it is ignored");
            else if (isAddress && port.Length > 0 && port != values.SecondName)
                Report(context, location,
                    $"the real_server {server} must have the port of the virtual server, {values.SecondName}, which is used");
        }
    }

    private static void CheckSorryServer(BindContext context, BlockValues values, InetAddress address)
    {
        var endpoint = values.Get(VirtualServerKeywords.SorryServer) ?? string.Empty;
        var text = endpoint.AsSpan(0, endpoint.IndexOf(' ') is var blank and >= 0 ? blank : endpoint.Length);
        if (address.IsNone || !InetAddress.TryParse(text, out var server) || server.Family == address.Family)
            return;
        var method = values.Get(VirtualServerKeywords.SorryServerLvsMethod) ?? values.Get(VirtualServerKeywords.LvsMethod)
            ?? values.Get(VirtualServerKeywords.LbKind);
        if (method?.Method != "TUN")
            Report(context, values.LocationOf(VirtualServerKeywords.SorryServer),
                $"the sorry_server {server} is of another family than the virtual server; it is left out");
    }

    private static void CheckFamily(BindContext context, BlockValues values, InetAddress address)
    {
        if (address.IsNone || values.Get(VirtualServerKeywords.IpFamily) is not { } family)
            return;
        if (address.Family != (family == "inet" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6))
            Report(context, values.LocationOf(VirtualServerKeywords.IpFamily), $"{family} is not the family of the service; it is ignored");
    }

    private static void Report(BindContext context, SourceLocation location, string message) =>
        context.Error(location, DiagnosticCodes.Conflict, $"virtual_server: {message}");
}
