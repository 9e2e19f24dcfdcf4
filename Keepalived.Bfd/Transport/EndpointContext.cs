using System.Collections.Immutable;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Bfd.Transport;

/// <summary>What the sessions of an endpoint share. Lives on the loop.</summary>
internal sealed class EndpointContext : IDisposable
{
    private const long DiscardLogInterval = 10 * MonotonicClock.Second;

    private readonly Dictionary<string, BfdSessionTable> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<ReceiverKey, ControlReceiver> _receivers = [];
    private long _nextDiscardLog = long.MinValue;

    public EndpointContext(EventLoop loop, BfdEndpointOptions options, ILogger logger, EventHub events)
    {
        (Loop, Options, Logger, Events) = (loop, options, logger, events);
        Links = new LinkTable(UpdateLinks, logger.MonitorFailed);
    }

    public EventLoop Loop { get; }

    public BfdEndpointOptions Options { get; }

    public ILogger Logger { get; }

    public EventHub Events { get; }

    public LinkTable Links { get; }

    public SourcePorts SourcePorts { get; } = new();

    /// <summary>The drivers of all sessions, those that say goodbye included.</summary>
    public ImmutableArray<SessionDriver> Drivers { get; set; } = [];

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

    /// <summary>The receiver for these packets, opened if it is the first use. Give it back with <see cref="Release"/>.</summary>
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

    /// <summary>A packet was discarded that belongs to no session here.</summary>
    public void OnStranger(BfdDiscardReason reason, in BfdPacketOrigin origin)
    {
        if (Loop.Now < _nextDiscardLog || !Logger.IsEnabled(LogLevel.Information))
            return;
        _nextDiscardLog = Loop.Now + DiscardLogInterval;
        Logger.StrangerDiscarded(origin.Source, reason);
    }

    public void Dispose()
    {
        foreach (var receiver in _receivers.Values)
            receiver.Dispose();
        _receivers.Clear();
    }

    private void UpdateLinks()
    {
        foreach (var driver in Drivers)
            driver.UpdateLink(Loop.Now);
    }
}
