using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;
using static Keepalived.Daemon.Configuration.Keywords.VirtualServerKeywords;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>The rules between a virtual server and its group, which are known when the whole configuration is.</summary>
internal sealed class GroupLink(
    BindContext context, VirtualServerConfiguration server, VirtualServerDraft draft, VirtualServerGroupConfiguration group)
{
    private readonly BlockValues _values = draft.Values;
    private readonly bool _hasAddresses = group.Entries.Any(static entry => !entry.IsMark);
    private readonly bool _hasMarks = group.Entries.Any(static entry => entry.IsMark);

    /// <summary>The virtual server with its group; null, reported, if they do not go together.</summary>
    public VirtualServerConfiguration? Complete(int ordinal)
    {
        if (!TryFindFamily(out var family))
        {
            // The original only logs it, which does not count in a test.
            context.Remark(server.Position.Location, DiagnosticCodes.Conflict,
                $"virtual_server: the servers are of another family than virtual_server_group {group.Name}; the virtual server is left out");
            return null;
        }

        if (_hasMarks)
            CheckPorts();
        return server with
        {
            Group = group,
            GroupOrdinal = ordinal,
            Family = family,
            HaSuspend = Suspends(),
            Protocol = Protocol(),
            Persistence = Persistence(),
            Flags = Flags(),
        };
    }

    // Both families in one group are served by tunnels only; the servers' own family is then not known.
    private bool TryFindFamily(out AddressFamily family)
    {
        var families = group.Entries.Select(static entry => entry.Family)
            .Where(static family => family != AddressFamily.Unspecified).Distinct().ToList();
        family = server.Family != AddressFamily.Unspecified || families.Count > 1 ? server.Family
            : families.Count == 1 ? families[0] : AddressFamily.InterNetwork;
        return families.Count > 1 ? server.Family == AddressFamily.Unspecified
            : families.Count == 0 || families[0] == family;
    }

    private bool Suspends()
    {
        if (!server.HaSuspend || !_hasMarks)
            return server.HaSuspend;
        Report(HaSuspend, "a mark has no address that ha_suspend could watch; it is ignored");
        return false;
    }

    private IpvsProtocol Protocol()
    {
        var isSaid = _values.Has(Keywords.VirtualServerKeywords.Protocol);
        if (_hasAddresses && !isSaid)
            Report(Keywords.VirtualServerKeywords.Protocol, "there is no protocol; UDP is used");
        else if (!_hasAddresses && isSaid)
            Report(Keywords.VirtualServerKeywords.Protocol, $"group {group.Name} has marks only, which have no protocol; it is ignored");
        return _hasAddresses ? server.Protocol : IpvsProtocol.None;
    }

    private IpvsServiceFlags Flags()
    {
        if (!_hasAddresses || server.Protocol == IpvsProtocol.Udp || !server.Flags.HasFlag(IpvsServiceFlags.OnePacket))
            return server.Flags;
        Report(Ops, "ops needs protocol UDP; it is ignored");
        return server.Flags & ~IpvsServiceFlags.OnePacket;
    }

    private IpvsPersistence? Persistence()
    {
        if (server.Persistence is not null || !group.Entries.Any(static entry => entry is { IsMark: false, Port: 0 }))
            return server.Persistence;
        Report(PersistenceTimeout, "a service without port must be persistent; persistence_timeout 360 is used");
        return VirtualServerCompletion.Persistence(_values);
    }

    private void CheckPorts()
    {
        foreach (var real in server.RealServers)
        {
            if (real.Port != 0 && real.Forwarding is IpvsForwarding.DirectRouting or IpvsForwarding.Tunnel)
                context.Error(real.Position.Location, DiagnosticCodes.Conflict,
                    $"virtual_server: behind a mark, the real_server {real.Address} has no port; it is ignored");
        }
    }

    private void Report(Keyword keyword, string message) =>
        context.Error(_values.LocationOf(keyword), DiagnosticCodes.Conflict, $"virtual_server: {message}");
}
