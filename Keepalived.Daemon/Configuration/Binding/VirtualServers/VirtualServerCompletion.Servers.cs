using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Netlink;
using static Keepalived.Daemon.Configuration.Keywords.VirtualServerKeywords;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>Real servers and the server of last resort.</summary>
internal sealed partial class VirtualServerCompletion
{
    private const int Many = 256;

    private HashSet<(InetAddress, ushort)> _written = [];
    private HashSet<(InetAddress, ushort)> _used = [];

    private List<RealServerConfiguration> Servers(List<RealServerDraft> drafts)
    {
        var servers = new List<RealServerConfiguration>(drafts.Count);
        Empty(ref _written);
        Empty(ref _used);
        foreach (var server in drafts)
        {
            var method = server.Method ?? _draft.Method;
            if (!_written.Add((server.Address, server.Port ?? 0)))
            {
                Report(server.Location, $"the real_server {Show(server)} is given twice; the second is left out");
                continue;
            }

            if (!method.IsTunnel && _family == AddressFamily.Unspecified)
                _family = server.Address.Family;
            if (!method.IsTunnel && server.Address.Family != _family)
            {
                Report(server.Location, $"the real_server {server.Address} is of another family than the virtual server; it is left out");
                continue;
            }

            var port = Port(server, method.KeepsPort);
            if (_used.Add((server.Address, port)))
                servers.Add(Complete(server, port, servers.Count));
            else
                Report(server.Location, $"the real_server {Show(server)} comes to the same as another one; it is left out");
        }

        return servers;
    }

    // Used again for the next virtual server; emptying a large one would take longer than making another.
    private static void Empty(ref HashSet<(InetAddress, ushort)> keys)
    {
        if (keys.Count > Many)
            keys = [];
        else
            keys.Clear();
    }

    // The port that the kernel is to have.
    private ushort Port(RealServerDraft server, bool keepsPort)
    {
        if (_head.Group is not null)
            return server.Port ?? 0;
        if (!keepsPort)
            return server.Port is null or 0 ? _head.Port : server.Port.Value;
        if (_head.IsMark && server.Port is not (null or 0))
            Report(server.Location, $"behind a mark, the real_server {server.Address} has no port; it is ignored");
        else if (_head.IsAddress && server.Port is not null && server.Port != _head.Port)
            Report(server.Location,
                $"the real_server {server.Address} must have the port of the virtual server, {_head.Port}, which is used");
        return _head.Port;
    }

    private RealServerConfiguration Complete(RealServerDraft server, ushort port, int number)
    {
        var method = server.Method ?? _draft.Method;
        var inherited = server.Times.Or(_draft.Times);
        NoteScript(ServerScriptSlot.NotifyUp, server.NotifyUp, number);
        NoteScript(ServerScriptSlot.NotifyDown, server.NotifyDown, number);
        for (var i = 0; i < server.Checks.Count; i++)
            NoteScript(ServerScriptSlot.Check, server.Checks[i].Script, number, i);
        return new RealServerConfiguration
        {
            Address = server.Address,
            Port = port,
            Weight = server.Weight ?? _values.Get(Weight),
            Forwarding = method.Forwarding,
            Tunnel = method.Tunnel,
            UpperThreshold = server.UpperThreshold,
            LowerThreshold = server.LowerThreshold,
            InhibitOnFailure = server.InhibitOnFailure ?? _values.Get(InhibitOnFailure),
            Alpha = inherited.Alpha ?? false,
            SmtpAlert = server.SmtpAlert,
            VirtualHost = server.VirtualHost ?? _draft.VirtualHost,
            SnmpName = server.SnmpName,
            Checks = Checks(server, server.Port is null or 0 ? port : server.Port.Value, inherited),
            Position = server.Location,
        };
    }

    private EquatableArray<CheckConfiguration> Checks(RealServerDraft server, ushort port, CheckTimes inherited)
    {
        var checks = new CheckConfiguration[server.Checks.Count];
        for (var i = 0; i < checks.Length; i++)
            checks[i] = server.Checks[i].Complete(server, port, inherited, _draft);
        return new EquatableArray<CheckConfiguration>(checks);
    }

    private void NoteScript(ServerScriptSlot slot, Scripts.ScriptCommand? command, int server, int check = -1)
    {
        if (command is not null)
            _draft.Scripts.Add(new ServerScript(slot, command, server, check));
    }

    private SorryServerConfiguration? SorryServer(List<RealServerConfiguration> servers)
    {
        if (_values.Get(Keywords.VirtualServerKeywords.SorryServer) is not { } sorry)
            return null;
        var method = _values.Find(SorryServerLvsMethod) ?? sorry.Method ?? _draft.Method;
        var place = _values.LocationOf(Keywords.VirtualServerKeywords.SorryServer);
        if (!method.IsTunnel && _family != AddressFamily.Unspecified && sorry.Address.Family != _family)
        {
            Report(place, $"the sorry_server {sorry.Address} is of another family than the virtual server; it is left out");
            return null;
        }

        var keepsPort = method.KeepsPort && _head.Group is null;
        if (keepsPort && sorry.Port is not (null or 0) && sorry.Port != _head.Port)
            Report(place, $"the sorry_server {sorry.Address} must have the port of the virtual server, {_head.Port}, which is used");
        var port = keepsPort ? _head.Port : sorry.Port ?? 0;
        var twin = servers.Find(server => server.Address == sorry.Address && server.Port == port);
        return new SorryServerConfiguration
        {
            Address = sorry.Address,
            Port = port,
            Forwarding = method.Forwarding,
            Tunnel = method.Tunnel,
            InhibitOnFailure = twin?.InhibitOnFailure ?? _values.Get(SorryServerInhibit),
            DuplicatesRealServer = twin is not null,
            Position = place,
        };
    }

    private static string Show(RealServerDraft server) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{server.Address} {server.Port}").TrimEnd();
}
