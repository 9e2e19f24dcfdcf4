using System.Collections.Immutable;
using Keepalived.Bfd.Transport;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;

namespace Keepalived.Bfd;

/// <summary>What the endpoint does on its loop.</summary>
public sealed partial class BfdEndpoint
{
    private RouteMonitor? _monitor;

    /// <summary>
    /// Goes on with these neighbours and no others. A session whose options are equal is not touched: none of its packets is early or
    /// late. One of the same path and role with other options goes on with them, intervals negotiated by poll sequences. Those not wanted
    /// any more are told that we are administratively down, and are gone when this returns; new ones start. If what is wanted is not
    /// valid, an exception says so and nothing at all has happened.
    /// </summary>
    /// <exception cref="ArgumentException">The options of a neighbour are not valid, or two contradict each other.</exception>
    /// <exception cref="SystemCallException">The kernel refused a socket.</exception>
    /// <exception cref="InvalidOperationException">The endpoint does not run.</exception>
    public Task ApplyAsync(IEnumerable<BfdNeighborOptions> neighbors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        var wanted = neighbors.ToImmutableArray();
        ReloadPlan.Validate(wanted);
        return InvokeAsync(() => Apply(wanted), cancellationToken);
    }

    /// <summary>Starts a session with one more neighbour.</summary>
    /// <returns>The neighbour.</returns>
    /// <exception cref="ArgumentException">Its options are not valid, or contradict those of another.</exception>
    /// <exception cref="SystemCallException">The kernel refused a socket.</exception>
    /// <exception cref="InvalidOperationException">The endpoint does not run.</exception>
    public async Task<BfdNeighbor> AddAsync(BfdNeighborOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        BfdNeighbor? neighbor = null;
        await InvokeAsync(
            () =>
            {
                ImmutableArray<BfdNeighborOptions> wanted = [.. Neighbors.Select(static running => running.Options), options];
                ReloadPlan.Validate(wanted);
                var gone = Apply(wanted);
                neighbor = Neighbors[^1];
                return gone;
            },
            cancellationToken).ConfigureAwait(false);
        return neighbor!;
    }

    /// <summary>Ends the session with a neighbour: it is told that we are administratively down. Without effect if it ended before.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not run.</exception>
    public Task RemoveAsync(BfdNeighbor neighbor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(neighbor);
        return InvokeAsync(
            () => Apply([.. Neighbors.Where(other => other != neighbor).Select(static other => other.Options)]), cancellationToken);
    }

    private async Task OpenAsync(ImmutableArray<BfdNeighborOptions> wanted, CancellationToken cancellationToken)
    {
        var context = _context = new EndpointContext(_loop!, _options, _logger, _events, new UnsolicitedHost(this));
        ColdPaths.Warm();
        _monitor = RouteMonitor.Open(context.Loop, new RouteMonitorOptions { Objects = NetworkObjects.Links, Logger = _logger });
        _monitor.Subscribe(context.Links);
        await context.Links.Ready.WaitAsync(cancellationToken).ConfigureAwait(true);
        if (_stopping is not null)
            throw new OperationCanceledException("The endpoint was stopped while it started.");
        await Apply(wanted).ConfigureAwait(true);
        if (_options.Unsolicited is { } unsolicited)
            UseUnsolicited(unsolicited);
    }

    private Task InvokeAsync(Func<Task> function, CancellationToken cancellationToken)
    {
        if (_loop is not { } loop || _stopping is not null)
            throw new InvalidOperationException("The endpoint does not run.");
        return loop.InvokeAsync(function).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Carries out the plan in this turn; the result completes when the removed sessions are gone. What can fail comes first: sockets.
    /// </summary>
    private Task Apply(ImmutableArray<BfdNeighborOptions> wanted)
    {
        var context = _context ?? throw new InvalidOperationException("The endpoint does not run.");
        var current = Neighbors;
        var plan = ReloadPlan.Create([.. current.Select(static neighbor => neighbor.Options)], wanted);
        var now = context.Loop.Now;
        var leaving = plan.Removed.Select(index => current[index].Driver!).ToList();
        DropOverlapping(context, leaving, wanted, plan);

        var added = new List<NeighborDriver>();
        var neighbors = ImmutableArray.CreateBuilder<BfdNeighbor>(wanted.Length);
        try
        {
            for (var i = 0; i < wanted.Length; i++)
            {
                if (plan.Matches[i] >= 0)
                {
                    neighbors.Add(current[plan.Matches[i]]);
                    continue;
                }

                var face = new BfdNeighbor(this, wanted[i]);
                face.Driver = NeighborDriver.Create(context, face);
                added.Add(face.Driver);
                face.Driver.Open(now);
                neighbors.Add(face);
            }
        }
        catch (SystemCallException)
        {
            foreach (var driver in added)
                driver.Dispose();
            throw;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (plan.Matches[i] >= 0 && !neighbors[i].Options.Equals(wanted[i]))
                neighbors[i].Driver!.Reconfigure(wanted[i], now);
        }

        context.Drivers = context.Drivers.AddRange(added);
        ImmutableInterlocked.InterlockedExchange(ref _neighbors, neighbors.DrainToImmutable());
        foreach (var driver in added)
            driver.Start(now);
        if (current.Length > 0)
            _logger.Applied(plan.Untouched, wanted.Length - plan.Untouched - added.Count, added.Count, leaving.Count);
        return leaving.Count == 0 ? Task.CompletedTask : LeaveAsync(context, leaving, BfdEventKind.Removed);
    }

    /// <summary>
    /// What ends makes room at once for a new session on the same path, with a last word; the others stay until their neighbours know.
    /// </summary>
    private void DropOverlapping(
        EndpointContext context, List<NeighborDriver> leaving, ImmutableArray<BfdNeighborOptions> wanted, ReloadPlan plan)
    {
        var fresh = wanted.Where((_, index) => plan.Matches[index] < 0).ToList();
        foreach (var driver in context.Drivers)
        {
            if (driver.Face.IsUnsolicited)
            {
                if (fresh.Exists(options => options.Overlaps(driver.Options)))
                    EndUnsolicited(driver.Face);
                continue;
            }

            var isLeaving = driver.IsLeaving || leaving.Contains(driver);
            if (isLeaving && fresh.Exists(options => options.Overlaps(driver.Options)))
                driver.LeaveNow(context.Loop.Now);
        }
    }

    private async Task LeaveAsync(EndpointContext context, IReadOnlyCollection<NeighborDriver> leaving, BfdEventKind kind)
    {
        var now = context.Loop.Now;
        try
        {
            await Task.WhenAll(leaving.Select(driver => driver.LeaveAsync(now)).ToList())
                .WaitAsync(_options.StopTimeout, context.Loop.TimeProvider).ConfigureAwait(true);
        }
        catch (TimeoutException)
        {
            _logger.StopTimedOut(_options.StopTimeout);
        }

        foreach (var driver in leaving)
        {
            driver.Dispose();
            driver.PublishEnd(kind);
        }

        context.Drivers = context.Drivers.RemoveRange(leaving);
    }

    private async Task CloseAsync()
    {
        if (_context is not { } context)
            return;
        await LeaveAsync(context, context.Drivers.Where(static driver => !driver.IsLeaving).ToList(), BfdEventKind.Stopped)
            .ConfigureAwait(true);
        foreach (var driver in context.Drivers)
            driver.Dispose();
        context.Drivers = [];
        await context.DisposeAsync().ConfigureAwait(true);
        if (_monitor is not null)
            await _monitor.DisposeAsync().ConfigureAwait(true);
        ImmutableInterlocked.InterlockedExchange(ref _neighbors, []);
        ImmutableInterlocked.InterlockedExchange(ref _unsolicited, []);
    }
}
