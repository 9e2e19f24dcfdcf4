using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Daemon.Configuration.Scripts;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>The virtual servers of a configuration and their groups, until everything is read.</summary>
internal sealed class VirtualServerList(BindContext context)
{
    private readonly SharedTimings _timings = new();
    private readonly VirtualServerCompletion _completion = new(context);
    private readonly List<(VirtualServerConfiguration Server, VirtualServerDraft? Draft)> _servers = [];
    private readonly Dictionary<string, VirtualServerGroupConfiguration> _groups = [];

    /// <summary>Takes a virtual server whose block has ended.</summary>
    public void Add(VirtualServerHead head, BlockValues values)
    {
        var draft = new VirtualServerDraft(head, values, _timings);
        if (_completion.Complete(draft) is not { } server)
            return;
        var isIncomplete = head.Group is not null || draft.Scripts.Count > 0;
        if (context.FindingsOnly && !isIncomplete && server.WhileMaster is null)
            return; // There is nothing more to find.
        _servers.Add((server, isIncomplete ? draft : null));
        values.Clear(Keywords.VirtualServerKeywords.RealServer);
    }

    /// <summary>Takes a group; one without entries, or with entries that do not go together, is reported and left out.</summary>
    public void AddGroup(string name, SourceLocation location, List<VirtualServerGroupEntry> entries)
    {
        if (entries.Count == 0)
        {
            context.Error(location, DiagnosticCodes.EmptyBlock, "virtual_server_group has no entries; it is left out");
            return;
        }

        if (Has(AddressFamily.InterNetwork) && Has(AddressFamily.InterNetworkV6)
            && entries.Exists(static entry => entry is { IsMark: true, Family: AddressFamily.Unspecified }))
        {
            context.Error(location, DiagnosticCodes.Conflict,
                "virtual_server_group has addresses of both families, and a mark without one; it is left out", "fwmark MARK inet|inet6");
            return;
        }

        _groups.TryAdd(
            name, new VirtualServerGroupConfiguration { Name = name, Entries = EquatableArray.From(entries), Position = location });

        bool Has(AddressFamily family) => entries.Exists(entry => !entry.IsMark && entry.Family == family);
    }

    /// <summary>The groups in the order of the file.</summary>
    public EquatableArray<VirtualServerGroupConfiguration> Groups => EquatableArray.From(_groups.Values);

    /// <summary>The records, with their groups and scripts.</summary>
    public EquatableArray<VirtualServerConfiguration> Complete(ScriptChecker checker)
    {
        var complete = new List<VirtualServerConfiguration>(_servers.Count);
        var ordinals = new Dictionary<string, int>();
        foreach (var (server, draft) in _servers)
        {
            var whole = draft is null ? server : Link(server, draft, ordinals);
            if (whole is not null && draft is not null)
                whole = AddScripts(whole, draft, checker);
            if (whole is not null)
                complete.Add(whole);
        }

        return EquatableArray.From(complete);
    }

    private VirtualServerConfiguration? Link(VirtualServerConfiguration server, VirtualServerDraft draft, Dictionary<string, int> ordinals)
    {
        if (draft.Head.Group is not { } name)
            return server;
        if (!_groups.TryGetValue(name, out var group))
        {
            context.Remark(server.Position.Location, DiagnosticCodes.UnknownName,
                $"virtual_server: there is no virtual_server_group {name}; the virtual server is left out");
            return null;
        }

        var ordinal = ordinals.GetValueOrDefault(name);
        ordinals[name] = ordinal + 1;
        return new GroupLink(context, server, draft, group).Complete(ordinal);
    }

    private static VirtualServerConfiguration AddScripts(VirtualServerConfiguration server, VirtualServerDraft draft, ScriptChecker checker)
    {
        if (draft.Scripts.Count == 0)
            return server;
        var servers = server.RealServers.ToArray();
        var checks = new Dictionary<int, CheckConfiguration[]>();
        var refused = new HashSet<(int Server, int Check)>();
        foreach (var (slot, command, number, check) in draft.Scripts)
        {
            var script = checker.Check(command);
            switch (slot)
            {
                case ServerScriptSlot.QuorumUp:
                    server = server with { QuorumUp = script };
                    break;
                case ServerScriptSlot.QuorumDown:
                    server = server with { QuorumDown = script };
                    break;
                case ServerScriptSlot.NotifyUp:
                    servers[number] = servers[number] with { NotifyUp = script };
                    break;
                case ServerScriptSlot.NotifyDown:
                    servers[number] = servers[number] with { NotifyDown = script };
                    break;
                case ServerScriptSlot.Check when script is null:
                    refused.Add((number, check));
                    break;
                default:
                    if (!checks.TryGetValue(number, out var changed))
                        checks.Add(number, changed = servers[number].Checks.AsSpan().ToArray());
                    changed[check] = (MiscCheckConfiguration)changed[check] with { Script = script! };
                    break;
            }
        }

        foreach (var (number, changed) in checks)
            servers[number] = servers[number] with { Checks = new EquatableArray<CheckConfiguration>(changed) };

        // A server whose script cannot be run is up without it, as in the original.
        foreach (var number in refused.Select(static check => check.Server).Distinct())
        {
            servers[number] = servers[number] with
            {
                Checks = EquatableArray.From(servers[number].Checks.Where((_, check) => !refused.Contains((number, check)))),
            };
        }

        return server with { RealServers = EquatableArray.Create<RealServerConfiguration>(servers) };
    }
}
