using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Daemon.Configuration.Values;
using Keepalived.Ipvs;
using static Keepalived.Daemon.Configuration.Keywords.VirtualServerKeywords;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>
/// Makes the record of a virtual server as soon as its block has ended: what real servers and checks inherit, and the rules between
/// keywords. Its group and its scripts follow when everything is read.
/// </summary>
internal sealed partial class VirtualServerCompletion(BindContext context)
{
    private VirtualServerDraft _draft = null!;
    private BlockValues _values = null!;
    private VirtualServerHead _head;

    // Not known of a mark or a group until a server that is not tunnelled says it.
    private AddressFamily _family;

    /// <summary>The record; null, reported, if there can be none.</summary>
    public VirtualServerConfiguration? Complete(VirtualServerDraft draft)
    {
        (_draft, _values, _head) = (draft, draft.Values, draft.Head);
        var drafts = _values.Get(RealServer) ?? [];
        if (drafts.Count == 0)
        {
            Report(_values.Location, "there is no real_server; the virtual server is left out");
            return null;
        }

        // What is said of a mark or a group counts until the servers contradict it.
        _family = _head.IsAddress ? _head.Address.Family
            : _values.Find(IpFamily) ?? _values.Get(PersistenceGranularity).Family;
        var protocol = Protocol();
        if (!_values.Has(Keywords.VirtualServerKeywords.LvsMethod))
            Report(_values.Location, "there is no lvs_method; NAT is used");
        var persistence = Persistence();
        var servers = Servers(drafts);
        if (servers.Count == 0)
        {
            Report(_values.Location, "there is no real_server that can be used; the virtual server is left out");
            return null;
        }

        CheckFamily();
        var sorry = SorryServer(servers);
        if (_family == AddressFamily.Unspecified && _head.IsMark)
            _family = CommonFamily(servers, sorry);
        if (!_values.Has(LvsSched))
            Report(_values.Location, "there is no lvs_sched; wlc is used");
        var (quorum, hysteresis) = Quorum(servers);
        NoteScripts();
        return new VirtualServerConfiguration
        {
            Address = _head.Address,
            Port = _head.Port,
            FirewallMark = _head.FirewallMark,
            IsMark = _head.IsMark,
            Family = _family,
            Protocol = protocol,
            Scheduler = _values.Get(LvsSched)!,
            Flags = Flags(protocol),
            Persistence = persistence,
            WhileMaster = _values.Get(WhileMaster),
            HaSuspend = Suspends(),
            SmtpAlert = _values.Get(SmtpAlert),
            VirtualHost = _draft.VirtualHost,
            SnmpName = _values.Get(SnmpName),
            Alpha = _values.Get(Alpha),
            Omega = _values.Get(Omega),
            Quorum = quorum,
            Hysteresis = hysteresis,
            DelayLoop = _draft.Times.Loop,
            SorryServer = sorry,
            RealServers = EquatableArray.From(servers),
            Position = _values.Location,
        };
    }

    private IpvsProtocol Protocol()
    {
        var protocol = _values.Get(Keywords.VirtualServerKeywords.Protocol);
        if (_head.IsMark)
        {
            if (protocol != IpvsProtocol.None)
                Report(_values.LocationOf(Keywords.VirtualServerKeywords.Protocol), "a service by mark has no protocol; it is ignored");
            return IpvsProtocol.None;
        }

        if (protocol == IpvsProtocol.None && _head.IsAddress)
            Report(_values.Location, "there is no protocol; UDP is used");
        return protocol == IpvsProtocol.None ? IpvsProtocol.Udp : protocol;
    }

    private bool Suspends()
    {
        if (!_values.Get(HaSuspend) || !_head.IsMark)
            return _values.Get(HaSuspend);
        Report(_values.LocationOf(HaSuspend), "a mark has no address that ha_suspend could watch; it is ignored");
        return false;
    }

    private IpvsServiceFlags Flags(IpvsProtocol protocol)
    {
        var flags = IpvsServiceFlags.None;
        if (_values.Get(Ops) && _head.IsAddress && protocol != IpvsProtocol.Udp)
            Report(_values.LocationOf(Ops), "ops needs protocol UDP; it is ignored");
        else if (_values.Get(Ops))
            flags |= IpvsServiceFlags.OnePacket;
        if (_values.Get(Flag1) || _values.Get(ShFallback) || _values.Get(MhFallback))
            flags |= IpvsServiceFlags.Scheduler1;
        if (_values.Get(Flag2) || _values.Get(ShPort) || _values.Get(MhPort))
            flags |= IpvsServiceFlags.Scheduler2;
        if (_values.Get(Flag3))
            flags |= IpvsServiceFlags.Scheduler3;
        return flags;
    }

    private IpvsPersistence? Persistence()
    {
        var isPersistent = _values.Has(PersistenceTimeout) || _values.Has(PersistenceGranularity);
        if (_head.IsAddress && _head.Port == 0 && !isPersistent)
        {
            Report(_values.Location, "a service without port must be persistent; persistence_timeout 360 is used");
            isPersistent = true;
        }

        return isPersistent ? Persistence(_values) : null;
    }

    /// <summary>Persistence as the block says it, where there is any.</summary>
    public static IpvsPersistence Persistence(BlockValues values) => new()
    {
        Timeout = values.Has(PersistenceTimeout) ? Syntaxes.Seconds(values.Get(PersistenceTimeout)) : new IpvsPersistence().Timeout,
        Granularity = values.Get(PersistenceGranularity).Value,
        Engine = values.Get(PersistenceEngine),
    };

    private (uint Quorum, uint Hysteresis) Quorum(List<RealServerConfiguration> servers)
    {
        long weight = 0;
        foreach (var server in servers)
            weight += server.Weight;
        var quorum = _values.Get(Keywords.VirtualServerKeywords.Quorum);
        if (quorum > weight)
        {
            Report(_values.LocationOf(Keywords.VirtualServerKeywords.Quorum),
                $"the quorum {quorum} is more than the weights of all real servers, {weight}, which is used");
            quorum = (uint)weight;
        }

        var hysteresis = _values.Get(Hysteresis);
        if (hysteresis == 0 || hysteresis < quorum)
            return (quorum, hysteresis);
        Report(_values.LocationOf(Hysteresis), $"hysteresis {hysteresis} is not less than the quorum; {Math.Max(1, quorum) - 1} is used");
        return (quorum, Math.Max(1, quorum) - 1);
    }

    private void CheckFamily()
    {
        if (_head.IsAddress && _values.Find(IpFamily) is { } family && family != _head.Address.Family)
            Report(_values.LocationOf(IpFamily), "ip_family is not the family of the service; it is ignored");
    }

    // Behind a mark all servers are tunnelled when we get here.
    private static AddressFamily CommonFamily(List<RealServerConfiguration> servers, SorryServerConfiguration? sorry)
    {
        var isIPv6 = servers.TrueForAll(static server => server.Address.IsIPv6) && sorry is not { Address.IsIPv6: false };
        return isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
    }

    private void NoteScripts()
    {
        if (_values.Get(QuorumUp) is { } up)
            _draft.Scripts.Add(new ServerScript(ServerScriptSlot.QuorumUp, up));
        if (_values.Get(QuorumDown) is { } down)
            _draft.Scripts.Add(new ServerScript(ServerScriptSlot.QuorumDown, down));
    }

    private void Report(SourceLocation location, string message) =>
        context.Error(location, DiagnosticCodes.Conflict, $"virtual_server: {message}");
}
