using System.Collections.Immutable;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Tracking;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>What the drivers of an engine share. Lives on the loop.</summary>
internal sealed class TransportContext : IAsyncDisposable
{
    private readonly Dictionary<InetAddress, int> _virtualAddresses = [];
    private readonly Dictionary<string, List<RouterDriver>> _dependents = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, TrackedReport> _tracked;
    private bool _isJournalDue;

    public TransportContext(
        EventLoop loop, VrrpEngineOptions options, ILogger logger, EventHub events, RouteClient route,
        IReadOnlyDictionary<string, TrackedReport> tracked)
    {
        (Loop, Options, Logger, Events, Route, _tracked) = (loop, options, logger, events, route, tracked);
        Interfaces = new InterfaceTable();
        Requests = new RequestQueue(this);
        Sockets = new SocketTable(this);
        Announcer = new Announcer(this);
        Static = new StaticKeeper(this);
        Filter = options.Firewall is { } firewall ? new PacketFilter(this, firewall) : null;
        Reports = new ReportFilter(this);
        IsVirtualAddress = _virtualAddresses.ContainsKey;
        Journal = new KernelJournal(options.JournalFile, logger);
        Settings = new KernelSettings(Journal, logger);
        Virtual = new VirtualInterfaceTable(this);
        LinkStates = new LinkStates(this);
    }

    public EventLoop Loop { get; }

    public VrrpEngineOptions Options { get; set; }

    public ILogger Logger { get; }

    public EventHub Events { get; }

    /// <summary>Requests to the kernel: carried out in the order in which they are made.</summary>
    public RouteClient Route { get; }

    /// <summary>The way of what routers bring to the kernel.</summary>
    public RequestQueue Requests { get; }

    public InterfaceTable Interfaces { get; }

    /// <summary>Which of them count as up.</summary>
    public LinkStates LinkStates { get; }

    /// <summary>What concerns the interfaces of all routers.</summary>
    public VrrpInterfaceOptions InterfaceOptions { get; set; } = VrrpInterfaceOptions.Default;

    /// <summary>What is written down of our changes.</summary>
    public KernelJournal Journal { get; }

    /// <summary>Kernel settings that routers need.</summary>
    public KernelSettings Settings { get; }

    /// <summary>The virtual MAC and ipvlan interfaces.</summary>
    public VirtualInterfaceTable Virtual { get; }

    /// <summary>The routers whose source address the machine does not have.</summary>
    public HashSet<RouterDriver> AwaitingSource { get; } = [];

    /// <summary>Which router has a virtual router id where: no two on one wire.</summary>
    public RouterPlaces Places { get; } = new();

    public SocketTable Sockets { get; }

    public Announcer Announcer { get; }

    /// <summary>What keeps packets from addresses that take none; <see langword="null"/> if the kernel's filter is to be left alone.</summary>
    public PacketFilter? Filter { get; }

    /// <summary>What keeps the group reports of virtual MAC interfaces from the wire.</summary>
    public ReportFilter Reports { get; }

    /// <summary>Addresses that we asked to be removed.</summary>
    public ExpectedRemovals<(int InterfaceIndex, InetPrefix Prefix)> ExpectedRemovals { get; } = new();

    /// <summary>Routes that we asked to be removed.</summary>
    public ExpectedRemovals<RouteKey> ExpectedRouteRemovals { get; } = new();

    /// <summary>Rules that we asked to be removed, as the kernel tells them.</summary>
    public ExpectedRemovals<Rule> ExpectedRuleRemovals { get; } = new();

    /// <summary>What stands as long as the engine runs.</summary>
    public StaticKeeper Static { get; }

    /// <summary>When the startup delay ends, in nanoseconds of <see cref="MonotonicClock"/>; 0 if there is none.</summary>
    public long StartupDelayEnd { get; set; }

    /// <summary>The drivers of the running routers.</summary>
    public ImmutableArray<RouterDriver> Drivers { get; set; } = [];

    /// <summary>Whether an address is one that some router of ours brings: never a source of adverts.</summary>
    public Func<InetAddress, bool> IsVirtualAddress { get; }

    /// <summary>Whether somebody of ours has set what is the same to the kernel.</summary>
    public bool IsSet(KeptObject like) => Static.Kept.IsSet(like) || Drivers.Any(driver => driver.Kept.IsSet(like));

    /// <summary>What was last reported of a tracked object.</summary>
    public TrackedReport FindTracked(string name) => _tracked.GetValueOrDefault(name, TrackedReport.Of(TrackedState.Initializing));

    public void HoldVirtualAddress(InetAddress address) => _virtualAddresses[address] = _virtualAddresses.GetValueOrDefault(address) + 1;

    public void ReleaseVirtualAddress(InetAddress address)
    {
        if (_virtualAddresses.GetValueOrDefault(address) <= 1)
            _virtualAddresses.Remove(address);
        else
            _virtualAddresses[address]--;
    }

    /// <summary>The state of an interface, or what counts of it, changed: all that depend on it compare.</summary>
    public void UpdateRouters(NetworkInterface link, long now) => UpdateRouters(link.Name, link.Index, now);

    /// <summary>The same for one that may be gone.</summary>
    public void UpdateRouters(string name, int index, long now)
    {
        Update(_dependents.GetValueOrDefault(name), now);
        Update(_dependents.GetValueOrDefault(string.Empty), now);
        if (Virtual.Find(index) is { } own && own.Name != name)
            Update(_dependents.GetValueOrDefault(own.Name), now);
    }

    /// <summary>A router depends on interfaces with these names; an empty one means any.</summary>
    public void AddDependent(RouterDriver driver, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (!_dependents.TryGetValue(name, out var drivers))
                _dependents.Add(name, drivers = []);
            drivers.Add(driver);
        }
    }

    /// <summary>It does not any more.</summary>
    public void RemoveDependent(RouterDriver driver, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (_dependents.TryGetValue(name, out var drivers) && drivers.Remove(driver) && drivers.Count == 0)
                _dependents.Remove(name);
        }
    }

    /// <summary>Writes the journal in the end of this turn, before the kernel is asked for anything in it.</summary>
    public void SaveJournalSoon()
    {
        if (_isJournalDue || !Journal.IsChanged)
            return;
        _isJournalDue = true;
        Loop.ScheduleAfterSending(
            static state =>
            {
                var context = (TransportContext)state!;
                context._isJournalDue = false;
                context.Journal.Save();
            },
            this);
    }

    // What a driver does may change who depends on what.
    private static void Update(List<RouterDriver>? drivers, long now)
    {
        for (var i = 0; i < drivers?.Count; i++)
            drivers[i].UpdateNetwork(now);
    }

    public async ValueTask DisposeAsync()
    {
        Announcer.Dispose();
        Static.Dispose();
        Sockets.Dispose();
        if (Filter is not null)
            await Filter.DisposeAsync().ConfigureAwait(true);
        LinkStates.Dispose();
        await Virtual.DisposeAsync().ConfigureAwait(true);
        await Route.DisposeAsync().ConfigureAwait(true);
    }
}
