using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Composition;

/// <summary>What the instances of one configuration refer to by name, looked up once for all of them.</summary>
internal sealed class InstanceIndex
{
    private static readonly HashSet<string> NoNames = [];

    private readonly Dictionary<string, VrrpSyncGroupConfiguration> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _trackGroups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groupsWithOwner = new(StringComparer.Ordinal);

    public InstanceIndex(KeepalivedConfiguration configuration)
    {
        Configuration = configuration;
        Scripts = configuration.VrrpScripts.ToDictionary(
            static script => script.Name, static script => (script.Weight, script.Reverse), StringComparer.Ordinal);
        Files = configuration.TrackFiles.ToDictionary(
            static file => file.Name, static file => (file.Weight, file.Reverse), StringComparer.Ordinal);
        Processes = configuration.TrackProcesses.ToDictionary(
            static process => process.Name, static process => (process.Weight, process.Reverse), StringComparer.Ordinal);
        BfdSessions = configuration.BfdInstances.ToDictionary(
            static session => session.Name, static session => (session.Weight, session.Reverse), StringComparer.Ordinal);
        var owners = configuration.VrrpInstances.Where(static instance => instance.Priority == byte.MaxValue)
            .Select(static instance => instance.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var group in configuration.VrrpSyncGroups)
        {
            foreach (var member in group.Members)
            {
                _groups.TryAdd(member, group);
                if (owners.Contains(member))
                    _groupsWithOwner.Add(group.Name);
            }
        }

        foreach (var group in configuration.TrackGroups)
        {
            foreach (var instance in group.Instances)
            {
                if (!_trackGroups.TryGetValue(instance, out var names))
                    _trackGroups.Add(instance, names = new HashSet<string>(StringComparer.Ordinal));
                names.Add(group.Name);
            }
        }
    }

    /// <summary>The configuration.</summary>
    public KeepalivedConfiguration Configuration { get; }

    /// <summary>The weights that <c>vrrp_script</c> blocks have of their own.</summary>
    public Dictionary<string, (int Weight, bool Reverse)> Scripts { get; }

    /// <summary>Those of <c>track_file</c> blocks.</summary>
    public Dictionary<string, (int Weight, bool Reverse)> Files { get; }

    /// <summary>Those of <c>vrrp_track_process</c> blocks.</summary>
    public Dictionary<string, (int Weight, bool Reverse)> Processes { get; }

    /// <summary>Those of <c>bfd_instance</c> blocks.</summary>
    public Dictionary<string, (int Weight, bool Reverse)> BfdSessions { get; }

    /// <summary>The sync group that an instance is in; null if it is in none.</summary>
    public VrrpSyncGroupConfiguration? GroupOf(string instance) => _groups.GetValueOrDefault(instance);

    /// <summary>Whether a member of a sync group owns its addresses.</summary>
    public bool HasOwner(VrrpSyncGroupConfiguration group) => _groupsWithOwner.Contains(group.Name);

    /// <summary>The names of the <c>track_group</c>s that an instance is in.</summary>
    public IReadOnlySet<string> TrackGroupsOf(string instance) => _trackGroups.GetValueOrDefault(instance, NoNames);

    /// <summary>Whether changes of an instance's priority are written to the notify FIFOs: as it says, else its group, else all.</summary>
    public bool NotifiesPriorityChanges(VrrpInstanceConfiguration instance) =>
        instance.NotifyPriorityChanges ?? GroupOf(instance.Name)?.NotifyPriorityChanges ?? Configuration.Global.Vrrp.NotifyPriorityChanges;
}
