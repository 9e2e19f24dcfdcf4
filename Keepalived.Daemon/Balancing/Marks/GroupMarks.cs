using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Globals;
using Keepalived.Daemon.Configuration.Model.VirtualServers;
using Keepalived.Ipvs;

namespace Keepalived.Daemon.Balancing.Marks;

/// <summary>
/// Which firewall mark stands for which group (<c>nftables_ipvs</c>): one for each protocol of it, the same over reloads. Groups that have
/// marks of their own have none of these. Pure.
/// </summary>
internal sealed class GroupMarks
{
    private readonly Dictionary<(string Group, IpvsProtocol Protocol), uint> _marks = [];
    private readonly List<(string Name, MarkRange Range)> _overlaps = [];
    private List<MarkRange> _ranges = [];
    private uint _next;

    /// <summary>What packets get which mark, in the order of the configuration, but ranges of all ports after those of one.</summary>
    public IReadOnlyList<MarkRange> Ranges => _ranges;

    /// <summary>Virtual servers whose group has addresses of a group before, and these: they stay with the first.</summary>
    public IReadOnlyList<(string Name, MarkRange Range)> Overlaps => _overlaps;

    /// <summary>The mark of a virtual server's group; null if it has none.</summary>
    public uint? Find(VirtualServerConfiguration server) =>
        HasMark(server) && _marks.TryGetValue(KeyOf(server), out var mark) ? mark : null;

    /// <summary>Goes on with a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="definitions">What it says of marks; null: no group has one.</param>
    /// <param name="present">What a run before left in the kernel: its marks stay in use.</param>
    public void Use(KeepalivedConfiguration configuration, NftablesIpvsDefinitions? definitions, IReadOnlyCollection<MarkRange> present)
    {
        _overlaps.Clear();
        var servers = definitions is null ? [] : configuration.VirtualServers.Where(HasMark).DistinctBy(KeyOf).ToList();
        var keys = servers.Select(KeyOf).ToHashSet();
        foreach (var gone in _marks.Keys.Where(key => !keys.Contains(key)).ToList())
            _marks.Remove(gone);
        var taken = TakenBy(configuration);
        if (definitions is not null)
        {
            foreach (var server in servers.Where(server => !_marks.ContainsKey(KeyOf(server))))
            {
                if (FindPresent(server, present) is { } mark && mark >= definitions.FirstMark && !taken.Contains(mark)
                    && !_marks.ContainsValue(mark))
                    _marks.Add(KeyOf(server), mark);
            }

            // As the original counts: on, and not into the gaps.
            var next = Math.Max(Math.Max(definitions.FirstMark, _next), _marks.Values.Append(0u).Max() + 1);
            foreach (var server in servers.Where(server => !_marks.ContainsKey(KeyOf(server))))
            {
                while (taken.Contains(next) || next == 0)
                    next++;
                _marks.Add(KeyOf(server), next++);
            }

            _next = next;
        }

        _ranges = FindRanges(servers);
    }

    private static bool HasMark(VirtualServerConfiguration server) =>
        server.Group is { } group && !group.Entries.Any(static entry => entry.IsMark);

    private static (string, IpvsProtocol) KeyOf(VirtualServerConfiguration server) => (server.Group!.Name, server.Protocol);

    private static HashSet<uint> TakenBy(KeepalivedConfiguration configuration) =>
        configuration.VirtualServers.Where(static server => server.IsMark).Select(static server => server.FirewallMark)
            .Concat(configuration.VirtualServerGroups.SelectMany(static group => group.Entries).Where(static entry => entry.IsMark)
                .Select(static entry => entry.FirewallMark))
            .ToHashSet();

    private static uint? FindPresent(VirtualServerConfiguration server, IReadOnlyCollection<MarkRange> present)
    {
        foreach (var entry in server.Group!.Entries)
        {
            foreach (var there in present)
            {
                if (there with { Mark = 0 } == ToRange(server, entry, mark: 0))
                    return there.Mark;
            }
        }

        return null;
    }

    private static MarkRange ToRange(VirtualServerConfiguration server, VirtualServerGroupEntry entry, uint mark) =>
        new(server.Protocol, entry.First, entry.Last, entry.Port, mark);

    /// <summary>The entries of groups, without what entries before have.</summary>
    private List<MarkRange> FindRanges(List<VirtualServerConfiguration> servers)
    {
        List<MarkRange> ranges = [];
        var disjoint = new Dictionary<(IpvsProtocol, AddressFamily, ushort), DisjointRanges>();
        foreach (var server in servers)
        {
            foreach (var entry in server.Group!.Entries)
            {
                var range = ToRange(server, entry, _marks[KeyOf(server)]);
                var key = (range.Protocol, range.Family, range.Port);
                if (!disjoint.TryGetValue(key, out var others))
                    disjoint.Add(key, others = new DisjointRanges());
                ranges.AddRange(others.Add(range, other =>
                {
                    if (other.Mark != range.Mark)
                        _overlaps.Add((ServiceNames.Of(server), other));
                }));
            }
        }

        return [.. ranges.OrderBy(static range => range.Port == 0)];
    }
}
