using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>
/// Hosts on one segment, or on several, in virtual time. Frames may be late, lost, doubled and overtaken; hosts have clocks of their own,
/// can be unplugged, paused and killed. Everything happens in one order, so a run with the same inputs is the same run.
/// </summary>
internal sealed partial class VirtualLan(Random? random = null)
{
    private readonly Random _random = random ?? new Random(1);
    private readonly PriorityQueue<(LanNode To, LanFrame Frame), (long Time, long Order)> _inFlight = new();
    private readonly Stack<LanFrame> _frames = new();
    private readonly List<LanHost> _hosts = [];
    private readonly List<LanNode> _nodes = [];
    private readonly List<Link> _links = [];
    private long _order;

    public long Now { get; private set; } = RouterHarness.Epoch;

    /// <summary>The wall clock, nanoseconds since 1970.</summary>
    public long UtcNow => RouterHarness.UtcEpoch + Now - RouterHarness.Epoch;

    public IReadOnlyList<LanHost> Hosts => _hosts;

    public IReadOnlyList<LanNode> Nodes => _nodes;

    /// <summary>The first segment.</summary>
    public Link Link => LinkOf(0);

    /// <summary>Told of everything that happens; may be null.</summary>
    public ILanObserver? Observer { get; set; }

    /// <summary>Whether nodes remember their states.</summary>
    public bool KeepsHistory { get; set; } = true;

    public LanStatistics Statistics { get; } = new();

    public IEnumerable<LanNode> Holders => _nodes.Where(static node => node.Host.IsAlive && node.HoldsAddresses);

    public Link LinkOf(int segment)
    {
        while (_links.Count <= segment)
            _links.Add(new Link());
        return _links[segment];
    }

    /// <summary>A host with one router, started.</summary>
    public LanNode Add(VrrpRouterOptions options)
    {
        var host = AddHost(options.Name, default, options);
        Start(host);
        return host.Nodes[0];
    }

    /// <summary>A host with one router on each segment, in a sync group, started.</summary>
    public VrrpSyncGroup AddGroup(string name, params VrrpRouterOptions[] members)
    {
        var host = AddHost(name, default, members);
        Join(host);
        Start(host);
        return host.Group!;
    }

    /// <summary>A host with one router on each segment, which is not started yet.</summary>
    public LanHost AddHost(string name, HostClock clock, params VrrpRouterOptions[] routers)
    {
        var host = new LanHost(_hosts.Count, name) { Clock = clock };
        _hosts.Add(host);
        for (var segment = 0; segment < routers.Length; segment++)
        {
            var node = new LanNode(host, new VrrpRouter(routers[segment]), segment);
            host.Nodes.Add(node);
            _nodes.Add(node);
            LinkOf(segment);
        }

        return host;
    }

    /// <summary>Puts the routers of a host in a sync group.</summary>
    public void Join(LanHost host)
    {
        host.Group = new VrrpSyncGroup(host.Name);
        host.Group.SetMembers([.. host.Nodes.Select(static node => node.Router)], LocalTime(host));
    }

    public void Start(LanHost host, long startupDelay = 0)
    {
        var now = LocalTime(host);
        var notBefore = startupDelay == 0 ? 0 : now + startupDelay;
        if (host.Group is { } group)
        {
            group.Start(now, notBefore);
            Carry(group);
            return;
        }

        foreach (var node in host.Nodes)
        {
            node.Router.Start(now, notBefore);
            Carry(node);
        }
    }

    public LanNode NodeOf(VrrpRouter router)
    {
        foreach (var node in _nodes)
        {
            if (node.Router == router)
                return node;
        }

        throw new ArgumentException("The router is on no host.", nameof(router));
    }

    public void Do(LanNode node, Action<VrrpRouter, long> input)
    {
        input(node.Router, LocalTime(node.Host));
        Carry(node);
    }

    /// <summary>The process ends without a word. Its addresses stay.</summary>
    public void Kill(LanHost host)
    {
        host.IsAlive = false;
        host.IsPaused = false;
        DropUnread(host);
    }

    /// <summary>The process of a killed host starts again: it takes away what the killed one left, and knows nothing.</summary>
    public void Restart(LanHost host, long startupDelay = 0)
    {
        host.IsAlive = true;
        foreach (var node in host.Nodes)
            node.Replace(new VrrpRouter(node.Router.Options));
        if (host.Group is not null)
            Join(host);
        Start(host, startupDelay);
    }

    /// <summary>The host gets a processor again. As the event loop does, it reads its sockets before it looks at its timers.</summary>
    public void Resume(LanHost host)
    {
        host.IsPaused = false;
        while (host.Unread.TryDequeue(out var unread))
            Receive(unread.To, unread.Frame);
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
            {
                var (to, frame) = _inFlight.Dequeue();
                Deliver(to, frame);
            }
            else
            {
                due.Router.HandleTimeout(LocalTime(due.Host));
                Carry(due);
            }

            Observer?.AfterEvent(Now);
        }

        Now = end;
    }

    public long LocalTime(LanHost host) => host.Clock.ToLocal(Now);

    private long NextEvent(out LanNode? due)
    {
        due = null;
        var next = _inFlight.TryPeek(out _, out var first) ? first.Time : MonotonicClock.Never;
        foreach (var node in _nodes)
        {
            if (node.Deadline >= next || !node.Host.IsAlive || node.Host.IsPaused)
                continue;
            next = node.Deadline;
            due = node;
        }

        return next;
    }

    private void Carry(LanNode node)
    {
        while (node.Router.TryDequeue(out var action))
        {
            node.Apply(action, Now, KeepsHistory);
            Observer?.OnAction(node, action);
            if (action.Kind == VrrpActionKind.SendAdvertisement)
                Send(node, action);
        }

        node.UpdateDeadline();
        if (node.Router.SyncGroup is { } group)
            Carry(group);
    }

    private void Carry(VrrpSyncGroup group)
    {
        while (group.TryDequeue(out var action))
        {
            if (action.Kind == VrrpSyncGroupActionKind.DrainMember)
                Carry(NodeOf(action.Member!));
        }
    }
}
