using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Bfd.Transport;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd;

/// <summary>Sessions that neighbours open (RFC 9468).</summary>
public sealed partial class BfdEndpoint
{
    private readonly List<ControlReceiver> _unsolicitedReceivers = [];
    private ImmutableArray<BfdNeighbor> _unsolicited = [];
    private BfdUnsolicitedOptions? _unsolicitedOptions;
    private BfdUnsolicitedPolicy? _policy;

    /// <summary>The neighbours that opened a session of themselves, the oldest first.</summary>
    public ImmutableArray<BfdNeighbor> UnsolicitedNeighbors =>
        ImmutableInterlocked.InterlockedCompareExchange(ref _unsolicited, default, default);

    /// <summary>Both kinds of neighbours.</summary>
    internal IEnumerable<BfdNeighbor> AllNeighbors => Neighbors.Concat(UnsolicitedNeighbors);

    /// <summary>
    /// Replaces what the options of the endpoint said of unsolicited sessions; <see langword="null"/> allows none. Sessions that could not
    /// be opened any more, or would be with other options, end.
    /// </summary>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="SystemCallException">The kernel refused a socket.</exception>
    /// <exception cref="InvalidOperationException">The endpoint does not run.</exception>
    public Task SetUnsolicitedAsync(BfdUnsolicitedOptions? options, CancellationToken cancellationToken = default)
    {
        options?.Validate();
        return InvokeAsync(
            () =>
            {
                UseUnsolicited(options);
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private void UseUnsolicited(BfdUnsolicitedOptions? options)
    {
        var context = _context ?? throw new InvalidOperationException("The endpoint does not run.");
        if (options is not null && _unsolicitedReceivers.Count == 0)
        {
            foreach (var family in (AddressFamily[])[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6])
                _unsolicitedReceivers.Add(context.Acquire(new ReceiverKey(family, IsMultihop: false, Vrf: null)));
        }

        var isSame = options?.Session == _unsolicitedOptions?.Session;
        _unsolicitedOptions = options;
        _policy = options is null ? null : ResolvePolicy(context, options);
        foreach (var neighbor in UnsolicitedNeighbors)
        {
            var origin = new BfdPacketOrigin
            {
                Source = neighbor.Options.Address,
                InterfaceIndex = context.Links.IndexOf(neighbor.Options.Interface!),
                HopLimit = byte.MaxValue,
            };
            if (!isSame || _policy is null || !_policy.Admits(origin, sessions: 0))
                EndUnsolicited(neighbor);
        }

        if (options is not null)
            return;
        foreach (var receiver in _unsolicitedReceivers)
            context.Release(receiver);
        _unsolicitedReceivers.Clear();
    }

    private static BfdUnsolicitedPolicy ResolvePolicy(EndpointContext context, BfdUnsolicitedOptions options) =>
        options.ToPolicy([.. options.Interfaces.Select(context.Links.IndexOf).Where(static index => index != 0)]);

    internal void EndUnsolicited(BfdNeighbor neighbor)
    {
        var driver = neighbor.Driver!;
        if (neighbor.IsStopped || _context is not { } context)
            return;
        driver.LeaveNow(context.Loop.Now);
        driver.Dispose();
        context.Drivers = context.Drivers.Remove(driver);
        ImmutableInterlocked.Update(ref _unsolicited, static (all, gone) => all.Remove(gone), neighbor);
        driver.PublishEnd(BfdEventKind.Removed);
    }

    /// <summary>What carries out <see cref="IUnsolicitedHost"/>.</summary>
    private sealed class UnsolicitedHost(BfdEndpoint endpoint) : IUnsolicitedHost
    {
        public bool TryAdmit(ReadOnlySpan<byte> payload, in BfdPacketOrigin origin, long now)
        {
            if (endpoint._policy is not { } policy || endpoint._stopping is not null || !policy.Admits(origin, endpoint.UnsolicitedNeighbors.Length)
                || BfdControlPacket.TryParse(payload, out var packet) != BfdDiscardReason.None || packet.State != BfdState.Down)
                return false;
            var context = endpoint._context!;
            var options = new BfdNeighborOptions
            {
                Name = $"{origin.Source}%{context.Links.NameOf(origin.InterfaceIndex)}",
                Address = origin.Source,
                LocalAddress = origin.Destination,
                Interface = context.Links.NameOf(origin.InterfaceIndex),
                Session = policy.SessionOptions,
            };
            var face = new BfdNeighbor(endpoint, options) { IsUnsolicited = true };
            var driver = NeighborDriver.Create(context, face);
            try
            {
                driver.Open(now);
            }
            catch (SystemCallException e)
            {
                endpoint._logger.UnsolicitedFailed(e, options.Name, origin.Source);
                driver.Dispose();
                return false;
            }

            // Whoever cannot even authenticate has opened nothing.
            var reason = context.TableOf(null).HandleDatagram(payload, origin, now, out _);
            if (reason != BfdDiscardReason.None)
            {
                driver.Dispose();
                return false;
            }

            face.Driver = driver;
            context.Drivers = context.Drivers.Add(driver);
            ImmutableInterlocked.Update(ref endpoint._unsolicited, static (all, added) => all.Add(added), face);
            endpoint._logger.UnsolicitedOpened(options.Name, origin.Source);
            driver.Start(now);
            return true;
        }

        public void End(ControlDriver driver) => endpoint._loop!.Schedule(
            static state => ((BfdNeighbor)state!).EndUnsolicited(), driver.Face);

        public void UpdateLinks()
        {
            if (endpoint._unsolicitedOptions is { } options)
                endpoint._policy = ResolvePolicy(endpoint._context!, options);
        }
    }
}
