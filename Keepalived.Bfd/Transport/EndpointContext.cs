using System.Collections.Immutable;
using System.Net.Sockets;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Bfd.Transport;

/// <summary>What the sessions of an endpoint share. Lives on the loop.</summary>
internal sealed class EndpointContext : IAsyncDisposable
{
    private const long DiscardLogInterval = 10 * MonotonicClock.Second;

    private readonly Dictionary<string, BfdSessionTable> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<ReceiverKey, ControlReceiver> _receivers = [];
    private readonly Dictionary<(AddressFamily Family, string Vrf), BatchSender?> _batches = [];
    private readonly Dictionary<EchoPortKey, EchoPort> _echoPorts = [];
    private readonly IUnsolicitedHost _unsolicited;
    private long _nextDiscardLog = long.MinValue;
    private long _nextLateLog = long.MinValue;
    private RouteClient? _route;

    public EndpointContext(EventLoop loop, BfdEndpointOptions options, ILogger logger, EventHub events, IUnsolicitedHost unsolicited)
    {
        (Loop, Options, Logger, Events, _unsolicited) = (loop, options, logger, events, unsolicited);
        Links = new LinkTable(UpdateLinks, logger.MonitorFailed);
    }

    public EventLoop Loop { get; }

    public BfdEndpointOptions Options { get; }

    public ILogger Logger { get; }

    public EventHub Events { get; }

    public LinkTable Links { get; }

    public SourcePorts SourcePorts { get; } = new();

    /// <summary>Requests to the kernel.</summary>
    public RouteClient Route => _route ??= RouteClient.Open(Loop);

    /// <summary>The drivers of all sessions, those that say goodbye included.</summary>
    public ImmutableArray<NeighborDriver> Drivers { get; set; } = [];

    /// <summary>Packets that were discarded before a session was found.</summary>
    public long Discarded => _tables.Values.Sum(static table =>
        Enum.GetValues<BfdDiscardReason>().Sum(table.Discarded));

    /// <summary>
    /// The sessions of a VRF, or of none: the same addresses may be in each, and a discriminator of one means nothing in another.
    /// </summary>
    public BfdSessionTable TableOf(string? vrf)
    {
        vrf ??= string.Empty;
        if (!_tables.TryGetValue(vrf, out var table))
            _tables.Add(vrf, table = new BfdSessionTable());
        return table;
    }

    /// <summary>A discriminator that no session of the endpoint has.</summary>
    public uint CreateDiscriminator(BfdSessionTable table)
    {
        while (true)
        {
            var discriminator = table.CreateDiscriminator();
            if (_tables.Values.All(other => other.Find(discriminator) is null))
                return discriminator;
        }
    }

    /// <summary>The receiver for these packets, opened if it is the first use. Give it back with <see cref="Release(ControlReceiver)"/>.</summary>
    public ControlReceiver Acquire(ReceiverKey key)
    {
        if (!_receivers.TryGetValue(key, out var receiver))
            _receivers.Add(key, receiver = new ControlReceiver(this, key));
        receiver.Users++;
        return receiver;
    }

    /// <summary>Ends a use of a receiver; the last one closes it.</summary>
    public void Release(ControlReceiver receiver)
    {
        if (--receiver.Users > 0)
            return;
        _receivers.Remove(receiver.Key);
        receiver.Dispose();
    }

    /// <summary>What sends together for this family; <see langword="null"/> if we may not open a raw socket.</summary>
    public BatchSender? FindBatch(AddressFamily family, string? vrf)
    {
        var key = (family, vrf ?? string.Empty);
        if (!_batches.TryGetValue(key, out var batch))
            _batches.Add(key, batch = BatchSender.TryOpen(this, family, vrf));
        return batch;
    }

    /// <summary>The kernel refused a packet that was sent with others: its sessions use their own sockets from now on.</summary>
    public void OnBatchError(DatagramSendError error)
    {
        Logger.BatchFailed(error.Header.Destination, error.Error);
        foreach (var driver in Drivers)
        {
            if (driver is ControlDriver control && control.Options.Address == error.Header.Destination)
                control.LeaveBatch();
        }
    }

    /// <summary>The port for these echo packets, opened if it is the first use. Give it back with <see cref="Release(EchoPort)"/>.</summary>
    public EchoPort Acquire(EchoPortKey key)
    {
        if (!_echoPorts.TryGetValue(key, out var port))
            _echoPorts.Add(key, port = new EchoPort(this, key));
        port.Users++;
        return port;
    }

    /// <summary>Ends a use of a port; the last one closes it.</summary>
    public void Release(EchoPort port)
    {
        if (--port.Users > 0)
            return;
        _echoPorts.Remove(port.Key);
        port.Dispose();
    }

    /// <summary>A first packet of a neighbour that is not configured: whether it opened a session.</summary>
    public bool TryAdmit(ReadOnlySpan<byte> payload, in BfdPacketOrigin origin, long now) => _unsolicited.TryAdmit(payload, origin, now);

    /// <summary>The neighbour of an unsolicited session is silent: the session ends, but not in the middle of what its driver does.</summary>
    public void OnUnsolicitedSilent(ControlDriver driver) => _unsolicited.End(driver);

    /// <summary>Whether a late packet is to be logged: now and then one of all sessions, as one stall makes all late.</summary>
    public bool MayLogLate()
    {
        if (Loop.Now < _nextLateLog)
            return false;
        _nextLateLog = Loop.Now + MonotonicClock.Second;
        return true;
    }

    /// <summary>A packet was discarded that belongs to no session here.</summary>
    public void OnStranger(BfdDiscardReason reason, in BfdPacketOrigin origin)
    {
        if (Loop.Now < _nextDiscardLog || !Logger.IsEnabled(LogLevel.Information))
            return;
        _nextDiscardLog = Loop.Now + DiscardLogInterval;
        Logger.StrangerDiscarded(origin.Source, reason);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var batch in _batches.Values)
            batch?.Dispose();
        _batches.Clear();
        foreach (var port in _echoPorts.Values)
            port.Dispose();
        _echoPorts.Clear();
        foreach (var receiver in _receivers.Values)
            receiver.Dispose();
        _receivers.Clear();
        if (_route is not null)
            await _route.DisposeAsync().ConfigureAwait(true);
    }

    private void UpdateLinks()
    {
        _unsolicited.UpdateLinks();
        foreach (var driver in Drivers)
            driver.UpdateLink(Loop.Now);
    }
}
