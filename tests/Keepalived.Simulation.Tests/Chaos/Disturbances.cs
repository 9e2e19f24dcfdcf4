using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>What befalls a network.</summary>
internal sealed class Disturbances(VirtualLan lan, Random random, Topology topology, Invariants invariants, Trace? trace)
{
    private static readonly VrrpFault LinkFault = new(VrrpFaultReason.InterfaceDown, 7);

    /// <summary>Of another interface, which a router tracks alone.</summary>
    private static readonly VrrpFault OtherFault = new(VrrpFaultReason.InterfaceDown, 8);

    private readonly Dictionary<LanHost, HostTrackers> _trackers = [];

    /// <summary>When the last startup delay ends.</summary>
    private long _lastStart;

    public long Count { get; private set; }

    private LanHost AnyHost => lan.Hosts[random.Next(lan.Hosts.Count)];

    private LanNode AnyNode => lan.Nodes[random.Next(lan.Nodes.Count)];

    /// <summary>One thing that goes wrong, or right again.</summary>
    public void Cause()
    {
        Count++;
        switch (random.Next(17))
        {
            case 0 or 1:
                Crash(AnyHost);
                break;
            case 2:
                StopOrderly(AnyHost);
                break;
            case 3 or 4:
                PauseFor(AnyHost, random.NextInt64(8 * topology.Interval));
                break;
            case 5:
                Freeze(AnyHost);
                break;
            case 6:
                Unplug(AnyNode);
                break;
            case 7:
                ChangePriority(AnyHost);
                break;
            case 8:
                LoseAddress(AnyNode);
                break;
            case 9:
                LoseSource(AnyNode);
                break;
            case 10:
                Reload(AnyHost);
                break;
            case 11:
                Partition();
                break;
            case 12:
                MakeDeaf(AnyHost, AnyHost);
                break;
            case 13 or 14:
                ChangeTracker(AnyHost);
                break;
            case 15:
                ChangeOtherInterface(AnyNode);
                break;
            default:
                LoseFrames();
                break;
        }

        Disturb();
    }

    /// <summary>Frames get through again. What is cut stays cut, or heals; who is dead stays dead, or comes back.</summary>
    public void End()
    {
        for (var segment = 0; segment < topology.Segments; segment++)
            lan.LinkOf(segment).Loss = 0;
        if (!invariants.IsPartition || random.Next(2) == 0)
            Heal();
        foreach (var host in lan.Hosts)
        {
            if (random.Next(3) > 0)
                Revive(host);
        }

        foreach (var node in lan.Nodes)
        {
            if (node.Host is { IsAlive: true, IsPaused: false } && random.Next(3) > 0)
                Mend(node);
        }

        Disturb();
    }

    // While frames are lost no end is in sight.
    private void Disturb()
    {
        var isLossy = Enumerable.Range(0, topology.Segments).Any(segment => lan.LinkOf(segment).Loss > 0);
        invariants.Disturbed = isLossy ? MonotonicClock.Never / 2 : Math.Max(lan.Now, _lastStart);
    }

    private void Revive(LanHost host)
    {
        if (!host.IsAlive)
            Restart(host);
        else if (host.IsPaused)
            Resume(host);
    }

    private void Crash(LanHost host)
    {
        if (!host.IsAlive)
        {
            Restart(host);
            return;
        }

        Write($"{host.Name} is killed");
        lan.Kill(host);
    }

    private void StopOrderly(LanHost host)
    {
        if (!host.IsAlive)
        {
            Restart(host);
            return;
        }

        if (host.IsPaused)
            return;
        Write($"{host.Name} stops");
        foreach (var node in host.Nodes)
            lan.Do(node, static (router, now) => router.Stop(now));
        lan.Kill(host);
    }

    private void Restart(LanHost host)
    {
        var delay = random.Next(4) == 0 ? random.NextInt64(1, 5 * topology.Interval) : 0;
        Write($"{host.Name} starts{(delay > 0 ? $", with a delay of {delay / MonotonicClock.Millisecond} ms" : "")}");
        lan.Restart(host, delay);
        TrackersOf(host).Apply(lan);
        foreach (var node in host.Nodes)
        {
            if (!node.IsConnected)
                lan.Do(node, static (router, now) => router.SetFault(LinkFault, true, now));
        }

        // The host's clock may run slow.
        _lastStart = Math.Max(_lastStart, lan.Now + delay + (delay / 100));
    }

    private void PauseFor(LanHost host, long duration)
    {
        if (!host.IsAlive || host.IsPaused)
            return;
        Write($"{host.Name} gets no processor for {duration / MonotonicClock.Microsecond} us");
        host.IsPaused = true;
        Disturb();
        lan.Run(duration);
        Resume(host);
    }

    private void Freeze(LanHost host)
    {
        if (!host.IsAlive)
            return;
        if (host.IsPaused)
        {
            Resume(host);
            return;
        }

        Write($"{host.Name} gets no processor");
        host.IsPaused = true;
    }

    private void Resume(LanHost host)
    {
        Write($"{host.Name} gets a processor again");
        Disturb();
        lan.Resume(host);
    }

    /// <summary>A cable, which its host notices: at once, or after a while.</summary>
    private void Unplug(LanNode node)
    {
        if (!node.IsConnected)
        {
            if (node.Host is { IsAlive: true, IsPaused: false })
                Mend(node);
            return;
        }

        if (node.Host.IsPaused)
            return;
        Write($"{node.Router.Options.Name} is unplugged");
        node.IsConnected = false;
        Disturb();
        if (random.Next(2) == 0)
            lan.Run(random.NextInt64(2 * topology.Interval));
        if (node.Host.IsAlive)
            lan.Do(node, static (router, now) => router.SetFault(LinkFault, true, now));
    }

    private void Mend(LanNode node)
    {
        if (node.Router.Faults.Count == 0 && node.IsConnected)
            return;
        Write($"{node.Router.Options.Name} is plugged in, and has its address");
        node.IsConnected = true;
        lan.Do(node, static (router, now) => router.SetFault(LinkFault, false, now));
        lan.Do(node, static (router, now) => router.SetFault(OtherFault, false, now));
        lan.Do(node, static (router, now) => router.SetSourceAddress(router.Options.SourceAddress, now));
    }

    private void ChangePriority(LanHost host)
    {
        if (host is not { IsAlive: true, IsPaused: false })
            return;
        var total = random.Next(-20, 300);
        Write($"{host.Name} has priority {total}");
        foreach (var node in host.Nodes)
            lan.Do(node, (router, now) => router.SetPriority(total, now));
    }

    private HostTrackers TrackersOf(LanHost host)
    {
        if (!_trackers.TryGetValue(host, out var trackers))
            _trackers.Add(host, trackers = new HostTrackers(host, random));
        return trackers;
    }

    /// <summary>A script, a file, an interface of the host says something else.</summary>
    private void ChangeTracker(LanHost host)
    {
        if (host is not { IsAlive: true, IsPaused: false })
            return;
        Write($"{host.Name}: {TrackersOf(host).Change(random)}");
        TrackersOf(host).Apply(lan);
    }

    /// <summary>A second reason for a fault, which comes and goes by itself.</summary>
    private void ChangeOtherInterface(LanNode node)
    {
        if (node.Host is not { IsAlive: true, IsPaused: false })
            return;
        var isDown = random.Next(2) == 0;
        Write($"the other interface of {node.Router.Options.Name} is {(isDown ? "down" : "up")}");
        lan.Do(node, (router, now) => router.SetFault(OtherFault, isDown, now));
    }

    private void LoseAddress(LanNode node)
    {
        if (node.Host is not { IsAlive: true, IsPaused: false })
            return;
        Write($"somebody removes an address of {node.Router.Options.Name}");
        lan.Do(node, static (router, now) => router.HandleAddressLost(now));
    }

    private void LoseSource(LanNode node)
    {
        if (node.Host is not { IsAlive: true, IsPaused: false })
            return;
        Write($"{node.Router.Options.Name} has no address of its own");
        lan.Do(node, static (router, now) => router.SetSourceAddress(InetAddress.None, now));
    }

    private void Reload(LanHost host)
    {
        if (host is not { IsAlive: true, IsPaused: false })
            return;
        var priority = host.Nodes[0].Router.Options.IsOwner ? (byte)255 : (byte)random.Next(1, 255);
        var isSilent = random.Next(2) == 0;
        Write($"{host.Name} is reloaded with priority {priority}");
        foreach (var node in host.Nodes)
        {
            var options = node.Router.Options with { Priority = priority, LowerPriorityNoAdvertisement = isSilent };
            lan.Do(node, (router, now) => router.Reconfigure(options, addressesAdded: false, now));
        }
    }

    private void Partition()
    {
        if (random.Next(3) == 0)
        {
            Heal();
            return;
        }

        var side = new int[lan.Hosts.Count];
        for (var host = 0; host < side.Length; host++)
            side[host] = random.Next(2);
        Write($"the network falls into parts {string.Join("", side)}");
        for (var segment = 0; segment < topology.Segments; segment++)
            lan.LinkOf(segment).Partition(side);
        invariants.IsPartition = true;
    }

    private void MakeDeaf(LanHost to, LanHost from)
    {
        var segment = random.Next(topology.Segments);
        Write($"{to.Name} does not hear {from.Name} on segment {segment}");
        lan.LinkOf(segment).Cut(to.Number, from.Number);
        invariants.IsPartition = false;
    }

    private void LoseFrames()
    {
        var segment = random.Next(topology.Segments);
        var loss = random.NextDouble() * 0.6;
        Write($"segment {segment} loses {loss:p0}");
        lan.LinkOf(segment).Loss = loss;
    }

    private void Heal()
    {
        Write("the network is whole");
        for (var segment = 0; segment < topology.Segments; segment++)
            lan.LinkOf(segment).Heal();
        invariants.IsPartition = true;
    }

    private void Write(string text) => trace?.Write(lan.Now, text);
}
