using System.Collections.Immutable;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Interfaces;
using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>From the options that run to those that are wanted.</summary>
public sealed partial class VrrpEngine
{
    /// <summary>
    /// Goes on with these routers and no others. A running router whose options are equal is not touched: none of its adverts is early or
    /// late. One that is the same (virtual router id, family, interface, and group or unicast source) with other options is carried over:
    /// a master stays master, and addresses are added before others are removed. Those not wanted any more say priority 0 and are gone,
    /// with their addresses, when this returns; new ones start. If anything is wrong with what is wanted, an exception says so and
    /// nothing at all has happened.
    /// </summary>
    /// <exception cref="ArgumentException">The options of a router are not valid, or two contradict each other.</exception>
    /// <exception cref="InterfaceNotFoundException">An interface that no running router uses does not exist.</exception>
    /// <exception cref="InvalidOperationException">The engine does not run.</exception>
    public Task ApplyAsync(IEnumerable<VirtualRouterOptions> routers, CancellationToken cancellationToken = default) =>
        ApplyAsync(routers, [], cancellationToken);

    /// <inheritdoc cref="ApplyAsync(IEnumerable{VirtualRouterOptions}, CancellationToken)"/>
    /// <param name="routers">The routers.</param>
    /// <param name="groups">Which of them are master together or not at all: these groups and no others.</param>
    /// <param name="cancellationToken">Ends the waiting for routers that are removed.</param>
    public Task ApplyAsync(
        IEnumerable<VirtualRouterOptions> routers, IEnumerable<VrrpSyncGroupOptions> groups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(routers);
        ArgumentNullException.ThrowIfNull(groups);
        var wanted = routers.ToImmutableArray();
        var wantedGroups = groups.ToImmutableArray();
        ReloadPlan.Validate(wanted);
        VrrpSyncGroupOptions.Validate(wantedGroups, wanted);
        // Comparing thousands of options takes its time, which is not the loop's unless something has changed by then.
        var change = Change.Create(Routers, wanted);
        return InvokeAsync(
            () => PrepareAndApplyAsync(() => change.IsFrom(Routers) ? change : Change.Create(Routers, wanted), _ => wantedGroups),
            cancellationToken);
    }

    /// <summary>Starts one more router.</summary>
    /// <returns>The router.</returns>
    /// <exception cref="ArgumentException">Its options are not valid, or contradict those of another.</exception>
    /// <exception cref="InterfaceNotFoundException">An interface that no running router uses does not exist.</exception>
    /// <exception cref="InvalidOperationException">The engine does not run.</exception>
    public async Task<VirtualRouter> AddAsync(VirtualRouterOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        VirtualRouter? router = null;
        await InvokeAsync(
            async () =>
            {
                await PrepareAndApplyAsync(With, GroupsOf).ConfigureAwait(true);
                router = Find(options.Name);
            },
            cancellationToken).ConfigureAwait(false);
        return router!;

        Change With()
        {
            ImmutableArray<VirtualRouterOptions> wanted = [.. Routers.Select(static running => running.Options), options];
            ReloadPlan.Validate(wanted);
            return Change.Create(Routers, wanted);
        }
    }

    /// <summary>
    /// Sets what stands as long as the engine runs, whatever the state of its routers: additions before removals, and what does not change
    /// stays. Before the start it takes effect with the start, which first removes what an earlier run left of it.
    /// </summary>
    /// <exception cref="ArgumentException">Something is not valid.</exception>
    /// <exception cref="InterfaceNotFoundException">The interface of an address does not exist.</exception>
    public Task SetStaticNetworkAsync(StaticNetwork network, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.Validate();
        if (_loop is null)
        {
            _static = network;
            return Task.CompletedTask;
        }

        return InvokeAsync(() => ApplyStaticAsync(network), cancellationToken);
    }

    private async Task ApplyStaticAsync(StaticNetwork network)
    {
        var context = _context ?? throw new InvalidOperationException("The engine does not run.");
        foreach (var address in network.Addresses.AsSpan().ToArray().Except(_static.Addresses.AsSpan().ToArray()))
            RequireInterface(context, "static", address.Device!);
        _static = network;
        var watching = WatchRoutesAsync(Routers.Select(static router => router.Options));
        context.Static.Use(network, isStart: false);
        await context.Static.Kept.WhenIdle().ConfigureAwait(true);
        await watching.ConfigureAwait(true);
    }

    internal Task RemoveAsync(VirtualRouter router, CancellationToken cancellationToken) => _stopping is not null
        ? StopAsync(cancellationToken)
        : InvokeAsync(
            () => PrepareAndApplyAsync(
                () => Change.Create(Routers, [.. Routers.Where(other => other != router).Select(static other => other.Options)]), GroupsOf),
            cancellationToken);

    private Task InvokeAsync(Func<Task> function, CancellationToken cancellationToken)
    {
        if (_loop is not { } loop || _stopping is not null)
            throw new InvalidOperationException("The engine does not run.");
        return loop.InvokeAsync(function).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// First makes the virtual interfaces that are new, which takes a while; then applies all at once what is wanted by then; then deletes
    /// those that are not needed any more.
    /// </summary>
    private async Task PrepareAndApplyAsync(
        Func<Change> makeChange, Func<ImmutableArray<VirtualRouterOptions>, ImmutableArray<VrrpSyncGroupOptions>> groups)
    {
        var context = _context ?? throw new InvalidOperationException("The engine does not run.");
        var change = makeChange();
        var makesInterfaces = change.Wanted.Any(VirtualInterfaceWish.IsAnyOf);
        if (makesInterfaces)
        {
            RequireNewInterfaces(context, change);
            await context.Virtual.PrepareAsync(change.Wanted).ConfigureAwait(true);
        }

        try
        {
            // Meanwhile others may have come and gone.
            if (makesInterfaces)
                change = makeChange();
            await Apply(change, groups(change.Wanted)).ConfigureAwait(true);
        }
        finally
        {
            if (context.Virtual.All.Count > 0)
                await context.Virtual.DeleteUnusedAsync().ConfigureAwait(true);
        }
    }

    private void RequireNewInterfaces(TransportContext context, Change change)
    {
        foreach (var (owner, name) in change.NewInterfaces())
            RequireInterface(context, owner, name);
        RequireDistinctWires(context, change.Wanted);
    }

    /// <summary>
    /// Sets what concerns the interfaces of all routers. Before the start it takes effect with the start; the prefixes of names concern
    /// interfaces that are made later.
    /// </summary>
    /// <exception cref="ArgumentException">Something is not valid.</exception>
    public Task SetInterfaceOptionsAsync(VrrpInterfaceOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (_loop is null)
        {
            _interfaces = options;
            return Task.CompletedTask;
        }

        return InvokeAsync(
            () =>
            {
                var context = _context ?? throw new InvalidOperationException("The engine does not run.");
                _interfaces = context.InterfaceOptions = options;
                context.LinkStates.Update();
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>
    /// Takes those of the options that may change while the engine runs: <see cref="VrrpEngineOptions.DynamicInterfaces"/> and
    /// <see cref="VrrpEngineOptions.AllowInterfaceChanges"/>, which count for what comes after, and
    /// <see cref="VrrpEngineOptions.LogUnknownVirtualRouterIds"/>. All others stay as they were when the engine was made.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine does not run.</exception>
    public Task SetOptionsAsync(VrrpEngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return InvokeAsync(
            () =>
            {
                var context = _context ?? throw new InvalidOperationException("The engine does not run.");
                var isLoggingChanged = options.LogUnknownVirtualRouterIds != _options.LogUnknownVirtualRouterIds;
                _options = context.Options = _options with
                {
                    DynamicInterfaces = options.DynamicInterfaces,
                    AllowInterfaceChanges = options.AllowInterfaceChanges,
                    LogUnknownVirtualRouterIds = options.LogUnknownVirtualRouterIds,
                };
                if (isLoggingChanged)
                    context.Sockets.RenewFilters();
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Carries out the plan in this turn; the result completes when the removed routers are gone.</summary>
    private Task Apply(Change change, ImmutableArray<VrrpSyncGroupOptions> groups)
    {
        var context = _context ?? throw new InvalidOperationException("The engine does not run.");
        var (current, wanted, plan) = change;
        RequireNewInterfaces(context, change);
        RequireFirewall(wanted);

        var now = context.Loop.Now;
        var removed = plan.Removed.Select(index => current[index].Driver!).ToList();
        var changing = context.Drivers;
        foreach (var driver in changing)
            driver.Kept.DefersRemovals = true;
        foreach (var driver in removed)
            driver.Stop(release: true, now);
        context.Drivers = [.. context.Drivers.Except(removed)];

        var routers = ImmutableArray.CreateBuilder<VirtualRouter>(wanted.Length);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (plan.Matches[i] < 0)
            {
                routers.Add(Create(context, wanted[i]));
                continue;
            }

            routers.Add(current[plan.Matches[i]]);
        }

        foreach (var i in plan.Changed)
            routers[i].Driver!.Reconfigure(wanted[i], now);
        // In the order of the options, in which they are stopped and reported.
        context.Drivers = [.. routers.Select(static router => router.Driver!)];
        _ = PrepareFilterAsync(context);
        ApplyGroups(context, groups, now);
        // All additions are under way: what nobody has taken over may go.
        foreach (var driver in changing)
            driver.Kept.RemoveLeaving();
        // One that takes the name of a router that ends begins after that has ended: whoever is told only of names must not be told last
        // that it is gone.
        var successors = new List<RouterDriver>();
        for (var i = 0; i < wanted.Length; i++)
        {
            if (plan.Matches[i] >= 0)
                continue;
            if (removed.Exists(driver => driver.Name == wanted[i].Name))
                successors.Add(routers[i].Driver!);
            else
                routers[i].Driver!.Start(now);
        }

        var added = plan.Matches.Count(match => match < 0);
        context.LinkStates.Update();
        _logger.Applied(plan.Untouched, wanted.Length - plan.Untouched - added, added, removed.Count);
        ImmutableInterlocked.InterlockedExchange(ref _routers, routers.DrainToImmutable());
        var watching = WatchRoutesAsync(wanted);
        return removed.Count == 0 ? watching : Task.WhenAll(watching, FinishAsync(context, removed, successors));
    }

    private async Task FinishAsync(TransportContext context, List<RouterDriver> removed, List<RouterDriver> successors)
    {
        await WhenGoneAsync(context.Loop, removed).ConfigureAwait(true);
        foreach (var driver in removed)
        {
            driver.Dispose();
            driver.PublishEnd(VirtualRouterEventKind.Removed);
        }

        foreach (var successor in successors.Where(context.Drivers.Contains))
            successor.Start(context.Loop.Now);
    }

    /// <summary>From the routers that run to those that are wanted.</summary>
    private sealed record Change(ImmutableArray<VirtualRouter> Current, ImmutableArray<VirtualRouterOptions> Wanted, ReloadPlan Plan)
    {
        public static Change Create(ImmutableArray<VirtualRouter> current, ImmutableArray<VirtualRouterOptions> wanted) =>
            new(current, wanted, ReloadPlan.Create([.. current.Select(static router => router.Options)], wanted));

        /// <summary>Whether these are the routers that it was made for.</summary>
        public bool IsFrom(ImmutableArray<VirtualRouter> running) => running == Current;

        /// <summary>An interface that was there once may be away for the moment; one that was never there is a mistake.</summary>
        public IEnumerable<(string Owner, string Name)> NewInterfaces()
        {
            foreach (var i in Enumerable.Range(0, Wanted.Length).Where(i => Plan.Matches[i] < 0).Concat(Plan.Changed))
            {
                var known = Plan.Matches[i] < 0 ? [] : Current[Plan.Matches[i]].Options.InterfaceNames();
                foreach (var name in Wanted[i].InterfaceNames().Except(known))
                    yield return (Wanted[i].Name, name);
            }
        }
    }
}
