using System.Collections.Immutable;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Daemon.Composition;

/// <summary>
/// What an instance tracks, by its own words and by those of its sync group. In a group weights would tear members apart, and an owner
/// has none to give: there they count only if <c>sync_group_tracking_weight</c> says so.
/// </summary>
internal static class TrackerMapping
{
    /// <summary>The name under which a file is reported: scripts, files and processes may share names.</summary>
    public static string FileKey(string name) => $"track_file {name}";

    /// <summary>The name under which a process is reported.</summary>
    public static string ProcessKey(string name) => $"track_process {name}";

    /// <summary>The name under which a BFD session is reported.</summary>
    public static string BfdKey(string name) => $"track_bfd {name}";

    /// <summary>The name under which the quorum of virtual servers is reported.</summary>
    public static string VirtualServerKey(string name) => $"track_virtual_server {name}";

    /// <summary>The options with everything that the instance tracks.</summary>
    public static VirtualRouterOptions WithTrackers(
        this VirtualRouterOptions options, VrrpInstanceConfiguration instance, InstanceIndex index)
    {
        var trackers = new Trackers(instance, index);
        if (trackers.AreNone)
            return options;
        return options with
        {
            TrackedInterfaces =
            [
                .. trackers.Of(instance.Tracked.Interfaces, trackers.Group?.Tracked.Interfaces ?? [], static _ => (0, false), FallToZero)
                    .Select(static one => new TrackedObject(one.Name, one.Weight)),
            ],
            TrackedObjects =
            [
                .. Scripts(trackers), .. Files(trackers), .. Processes(trackers), .. BfdSessions(trackers), .. VirtualServers(trackers),
            ],
        };
    }

    /// <summary>The groups of a configuration.</summary>
    public static ImmutableArray<VrrpSyncGroupOptions> ToGroups(this KeepalivedConfiguration configuration) =>
    [
        .. configuration.VrrpSyncGroups.Select(
            static group => new VrrpSyncGroupOptions { Name = group.Name, Members = [.. group.Members] }),
    ];

    private static IEnumerable<TrackedObject> Scripts(Trackers trackers) => trackers
        .Of(trackers.Instance.Tracked.Scripts, trackers.Group?.Tracked.Scripts ?? [], Lookup(trackers.Index.Scripts), static (_, _) => null)
        .Select(static one => new TrackedObject(one.Name, one.Weight));

    private static IEnumerable<TrackedObject> Files(Trackers trackers) => trackers
        .Of(trackers.Instance.Tracked.Files, trackers.Group?.Tracked.Files ?? [], Lookup(trackers.Index.Files), KeepIfDefault)
        .Select(static one => new TrackedObject(FileKey(one.Name), one.Weight, IsNumber: true));

    private static IEnumerable<TrackedObject> Processes(Trackers trackers) => trackers
        .Of(trackers.Instance.Tracked.Processes, trackers.Group?.Tracked.Processes ?? [], Lookup(trackers.Index.Processes), KeepUnlessOwner)
        .Select(static one => new TrackedObject(ProcessKey(one.Name), one.Weight));

    // A session that was left out of the configuration is tracked all the same: nothing says that its path works.
    private static IEnumerable<TrackedObject> BfdSessions(Trackers trackers) => trackers
        .Of(
            trackers.Instance.Tracked.Bfd, trackers.Group?.Tracked.Bfd ?? [], name => trackers.Index.BfdSessions.GetValueOrDefault(name),
            static (_, _) => null)
        .Select(static one => new TrackedObject(BfdKey(one.Name), one.Weight));

    private static IEnumerable<TrackedObject> VirtualServers(Trackers trackers) =>
        trackers.Of(
                trackers.Instance.Tracked.VirtualServers, trackers.Group?.Tracked.VirtualServers ?? [], static _ => (0, false), static (_, _) => null)
            .Select(static one => new TrackedObject(VirtualServerKey(one.Name), one.Weight));

    private static Func<string, (int Weight, bool Reverse)?> Lookup(Dictionary<string, (int Weight, bool Reverse)> known) =>
        name => known.TryGetValue(name, out var own) ? own : null;

    /// <summary>An interface that goes down is a fault instead; an owner does not track it.</summary>
    private static TrackerWeight? FallToZero(TrackerWeight weight, bool isOwner) => isOwner ? null : weight with { Weight = 0 };

    /// <summary>A file that nobody gave a weight means a fault instead.</summary>
    private static TrackerWeight? KeepIfDefault(TrackerWeight weight, bool isOwner) =>
        weight.Weight == 1 ? weight with { Weight = 0 } : null;

    private static TrackerWeight? KeepUnlessOwner(TrackerWeight weight, bool isOwner) => isOwner ? null : weight;

    /// <summary>An instance in its surroundings.</summary>
    private sealed class Trackers
    {
        private readonly bool _isOwner;
        private readonly bool _keepsWeights;
        private readonly bool _groupHasOwner;

        public Trackers(VrrpInstanceConfiguration instance, InstanceIndex index)
        {
            (Instance, Index) = (instance, index);
            Group = index.GroupOf(instance.Name);
            _isOwner = instance.Priority == byte.MaxValue;
            _keepsWeights = !_isOwner && Group is not { TrackingWeight: false };
            _groupHasOwner = Group is not null && index.HasOwner(Group);
        }

        public VrrpInstanceConfiguration Instance { get; }

        public InstanceIndex Index { get; }

        public VrrpSyncGroupConfiguration? Group { get; }

        /// <summary>Whether neither the instance nor its group tracks anything here.</summary>
        public bool AreNone => Instance.Tracked.IsEmpty && Group is null or { Tracked.IsEmpty: true };

        /// <summary>One kind of trackers.</summary>
        /// <param name="own">What the instance names.</param>
        /// <param name="group">What its group names.</param>
        /// <param name="find">What the tracked object says of itself; null if there is none.</param>
        /// <param name="weaken">What becomes of a weight of the instance that must not count; null: it is not tracked.</param>
        public List<(string Name, TrackerWeight Weight)> Of(
            EquatableArray<TrackReference> own,
            EquatableArray<TrackReference> group,
            Func<string, (int Weight, bool Reverse)?> find,
            Func<TrackerWeight, bool, TrackerWeight?> weaken)
        {
            var trackers = new List<(string Name, TrackerWeight Weight)>();
            foreach (var reference in own)
            {
                if (Weight(reference, find) is not { } weight)
                    continue;
                // The group's words replace the instance's, unless these make it a fault.
                if (!weight.IsFault && group.Any(other => other.Name == reference.Name))
                    continue;
                if ((weight.IsFault || _keepsWeights ? weight : weaken(weight, _isOwner)) is { } effective)
                    trackers.Add((reference.Name, effective));
            }

            foreach (var reference in group)
            {
                if (Weight(reference, find) is not { } weight)
                    continue;
                if (own.FirstOrDefault(other => other.Name == reference.Name) is { } same && Weight(same, find) is { IsFault: true })
                    continue;
                trackers.Add((reference.Name, _groupHasOwner ? weight with { Weight = 0 } : weight));
            }

            return trackers;
        }

        /// <summary>What the reference says of the weight wins over what the tracked object's own block says.</summary>
        private static TrackerWeight? Weight(TrackReference reference, Func<string, (int Weight, bool Reverse)?> find) =>
            find(reference.Name) is { } own
                ? new TrackerWeight(reference.Weight ?? own.Weight, reference.Reverse ?? own.Reverse)
                : null;
    }
}
