using Keepalived.Netlink;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Tests.Core;

/// <summary>
/// Several routers on one segment, or on several of them, in virtual time. Frames take <see cref="Delay"/> and may be lost; each node can be unplugged or killed.
/// Everything happens in one order, so a run with the same inputs is the same run.
/// </summary>
internal sealed class VirtualLan
{
    private readonly PriorityQueue<Delivery, (long Time, long Order)> _inFlight = new();
    private readonly List<LanNode> _nodes = [];
    private long _order;

    public long Now { get; private set; } = RouterHarness.Epoch;

    /// <summary>How long a frame takes, in nanoseconds.</summary>
    public long Delay { get; set; } = 50 * MonotonicClock.Microsecond;

    /// <summary>Whether a frame from one node to another is lost.</summary>
    public Func<LanNode, LanNode, bool> IsLost { get; set; } = static (_, _) => false;

    /// <summary>The wall clock, nanoseconds since 1970.</summary>
    public long UtcNow => RouterHarness.UtcEpoch + Now - RouterHarness.Epoch;

    public IReadOnlyList<LanNode> Nodes => _nodes;

    /// <summary>The state changes of the sync groups.</summary>
    public List<(long Time, VrrpSyncGroup Group, VrrpState State)> GroupHistory { get; } = [];

    public IEnumerable<LanNode> Holders => _nodes.Where(static node => node.IsAlive && node.HoldsAddresses);

    public LanNode Add(VrrpRouterOptions options)
    {
        var node = new LanNode(new VrrpRouter(options));
        _nodes.Add(node);
        node.Router.Start(Now);
        Carry(node);
        return node;
    }

    /// <summary>A host with one router on each segment, in a sync group.</summary>
    public VrrpSyncGroup AddGroup(string name, params VrrpRouterOptions[] members)
    {
        var nodes = members.Select(static (options, segment) => new LanNode(new VrrpRouter(options), segment)).ToList();
        _nodes.AddRange(nodes);
        var group = new VrrpSyncGroup(name);
        group.SetMembers([.. nodes.Select(static node => node.Router)], Now);
        group.Start(Now);
        Carry(group);
        return group;
    }

    public LanNode NodeOf(VrrpRouter router) => _nodes.Single(node => node.Router == router);

    public void Do(LanNode node, Action<VrrpRouter, long> input)
    {
        input(node.Router, Now);
        Carry(node);
    }

    public void Run(long duration) => RunUntil(Now + duration);

    public void RunUntil(long end)
    {
        while (true)
        {
            var next = NextEvent(out var due);
            if (next > end)
                break;
            Now = Math.Max(Now, next);
            if (due is null)
                Deliver(_inFlight.Dequeue());
            else
                Fire(due);
        }

        Now = end;
    }

    private long NextEvent(out LanNode? due)
    {
        due = null;
        var next = _inFlight.TryPeek(out _, out var first) ? first.Time : MonotonicClock.Never;
        foreach (var node in _nodes)
        {
            if (!node.IsAlive || node.Router.NextDeadline >= next)
                continue;
            next = node.Router.NextDeadline;
            due = node;
        }

        return next;
    }

    private void Fire(LanNode node)
    {
        node.Router.HandleTimeout(Now);
        Carry(node);
    }

    private void Deliver(in Delivery delivery)
    {
        if (!delivery.To.IsAlive || !delivery.To.IsConnected)
            return;
        delivery.To.Router.HandleDatagram(delivery.Header, delivery.Packet, Now, UtcNow + delivery.To.ClockError);
        Carry(delivery.To);
    }

    private void Carry(LanNode node)
    {
        while (node.Router.TryDequeue(out var action))
        {
            node.Apply(action, Now);
            if (action.Kind != VrrpActionKind.SendAdvertisement || !node.IsConnected)
                continue;
            foreach (var destination in node.Router.Destinations)
                Send(node, destination, node.Router.GetAdvertisement(action, destination, UtcNow + node.ClockError).ToArray());
        }

        if (node.Router.SyncGroup is { } group)
            Carry(group);
    }

    private void Carry(VrrpSyncGroup group)
    {
        while (group.TryDequeue(out var action))
        {
            if (action.Kind == VrrpSyncGroupActionKind.DrainMember)
                Carry(NodeOf(action.Member!));
            else if (action.Kind == VrrpSyncGroupActionKind.StateChanged)
                GroupHistory.Add((Now, group, action.State));
        }
    }

    private void Send(LanNode from, InetAddress destination, byte[] packet)
    {
        var header = new DatagramHeader
        {
            Length = packet.Length,
            Source = from.Router.SourceAddress,
            Destination = destination,
            HopLimit = 255,
        };
        foreach (var to in _nodes)
        {
            if (to == from || to.Segment != from.Segment || (!destination.IsMulticast && to.Router.SourceAddress != destination) || IsLost(from, to))
                continue;
            _inFlight.Enqueue(new Delivery(to, header, packet), (Now + Delay, _order++));
        }
    }

    private readonly record struct Delivery(LanNode To, DatagramHeader Header, byte[] Packet);
}
