using System.Collections.Immutable;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>Sync groups: from those that run to those that are wanted.</summary>
public sealed partial class VrrpEngine
{
    private ImmutableArray<SyncGroup> _groups = [];

    /// <summary>The sync groups that run, in the order of their options.</summary>
    public ImmutableArray<SyncGroup> SyncGroups => ImmutableInterlocked.InterlockedCompareExchange(ref _groups, default, default);

    /// <summary>
    /// A group of the same name stays itself, and says nothing if its state is the same with other members. All members leave before
    /// any joins, as one may change groups.
    /// </summary>
    private void ApplyGroups(TransportContext context, ImmutableArray<VrrpSyncGroupOptions> wanted, long now)
    {
        var current = SyncGroups;
        if (current.IsEmpty && wanted.IsEmpty)
            return;
        var drivers = context.Drivers.ToDictionary(static driver => driver.Name, StringComparer.Ordinal);
        var members = wanted.ToDictionary(
            static options => options.Name,
            options => options.Members.Select(name => drivers[name]).ToImmutableArray(),
            StringComparer.Ordinal);
        foreach (var group in current)
        {
            var staying = members.GetValueOrDefault(group.Name, []);
            group.Driver!.SetMembers([.. group.Driver.Members.Where(member => staying.Contains(member))], now);
        }

        var groups = ImmutableArray.CreateBuilder<SyncGroup>(wanted.Length);
        foreach (var options in wanted)
        {
            var group = current.FirstOrDefault(group => group.Name == options.Name) ?? new SyncGroup(options);
            group.Options = options;
            group.Driver ??= new SyncGroupDriver(context, group);
            group.Driver.SetMembers(members[options.Name], now);
            groups.Add(group);
        }

        ImmutableInterlocked.InterlockedExchange(ref _groups, groups.DrainToImmutable());
        foreach (var group in current.RemoveRange(_groups))
        {
            group.Driver!.End();
            group.Driver.PublishEnd(SyncGroupEventKind.Removed);
        }
    }

    /// <summary>The present groups without the routers that are not there any more.</summary>
    private ImmutableArray<VrrpSyncGroupOptions> GroupsOf(ImmutableArray<VirtualRouterOptions> routers) =>
    [
        .. SyncGroups
            .Select(group => group.Options with
            {
                Members = [.. group.Options.Members.Where(member => routers.Any(router => router.Name == member))],
            })
            .Where(static options => options.Members.Length > 0),
    ];
}
