using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>What must hold, whatever happens.</summary>
internal sealed class Invariants(VirtualLan lan, Bounds bounds, Trace? trace) : ILanObserver
{
    private bool _hasChanged;

    /// <summary>When something last disturbed the network; in the future while that is known to go on.</summary>
    public long Disturbed { get; set; } = lan.Now;

    /// <summary>Whether hearing is mutual and goes all round: only then is it known who must win, and that things come to rest.</summary>
    public bool IsPartition { get; set; } = true;

    public long Transitions { get; private set; }

    private bool IsQuiet => lan.Now - Disturbed > bounds.Settled;

    public void OnAction(LanNode node, in VrrpAction action)
    {
        trace?.Write(lan.Now, node, action);
        if (action.Kind == VrrpActionKind.PriorityChanged)
            node.Heard = 0;
        if (action.Kind != VrrpActionKind.StateChanged)
            return;
        Transitions++;
        _hasChanged = true;
        if (action.StateReason == VrrpStateReason.MasterDown)
            CheckSilence(node);
        node.Heard = 0;
    }

    public void OnReceived(LanNode node, LanFrame frame, VrrpDiscardReason verdict, VrrpState stateBefore, byte priorityBefore)
    {
        trace?.Write(lan.Now, $"{node.Router.Options.Name} hears {frame.Priority} of {frame.Header.Source}: {verdict}");
        if (verdict != VrrpDiscardReason.None)
            return;
        if (stateBefore == VrrpState.Backup)
        {
            var isFollowed = frame.Priority >= priorityBefore;
            (node.Heard, node.HeardInterval) = isFollowed ? (lan.LocalTime(node.Host), frame.Interval) : (0, 0);
        }

        var isBetter = frame.Priority > priorityBefore
            || (frame.Priority == priorityBefore && frame.Header.Source > node.Router.SourceAddress);
        if (stateBefore == VrrpState.Master && isBetter && node.State == VrrpState.Master)
            Fail($"{node.Router.Options.Name} heard a better master and goes on");
    }

    public void AfterEvent(long now)
    {
        if (!_hasChanged)
        {
            CheckMasters();
            return;
        }

        _hasChanged = false;
        CheckConsistency();
        CheckMasters();
        if (IsPartition && IsQuiet)
            Fail("a state changed although nothing happened for long");
    }

    /// <summary>After <see cref="Bounds.Settled"/>: each part of each segment has one master, the best of those that may take over.</summary>
    public void CheckSettled()
    {
        CheckConsistency();
        if (!IsPartition)
            return;
        foreach (var node in lan.Nodes)
        {
            if (!TakesPart(node))
                continue;
            LanNode? master = null;
            foreach (var other in lan.Nodes)
            {
                if (!TakesPart(other) || !IsInPart(node, other) || other.State != VrrpState.Master)
                    continue;
                if (master is not null)
                    Fail($"{master.Router.Options.Name} and {other.Router.Options.Name} are master side by side");
                master = other;
            }

            if (master is null)
                Fail($"{node.Router.Options.Name} is in a part without master");
            else if (node.Router.Options.Preempt && node.Router.EffectivePriority > master.Router.EffectivePriority)
                Fail($"{master.Router.Options.Name} is master, {node.Router.Options.Name} is better");
        }
    }

    /// <summary>A backup must not take over from a master that it heard within the master down interval, unless it is better.</summary>
    private void CheckSilence(LanNode node)
    {
        if (node.Heard == 0)
            return;
        var silence = lan.LocalTime(node.Host) - node.Heard;
        if (silence < node.Router.Options.DownTimerAdverts * node.HeardInterval)
            Fail($"{node.Router.Options.Name} took over {silence / MonotonicClock.Microsecond} us after it heard a master that it follows");
    }

    private void CheckConsistency()
    {
        foreach (var node in lan.Nodes)
        {
            if (node.Host.IsAlive && node.HoldsAddresses != (node.State == VrrpState.Master))
                Fail($"{node.Router.Options.Name} is {node.State} and {(node.HoldsAddresses ? "has" : "has not")} its addresses");
        }

        foreach (var host in lan.Hosts)
        {
            // Owners say nothing before they are master.
            if (!host.IsAlive || host.Group is not { State: not VrrpState.Initialize } group)
                continue;
            foreach (var member in group.Members)
            {
                if (member.State != group.State)
                    Fail($"group {group.Name} is split: {group.State}, {member.Options.Name} {member.State}");
            }
        }
    }

    private void CheckMasters()
    {
        var nodes = lan.Nodes;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].State != VrrpState.Master || !TakesPart(nodes[i]))
                continue;
            for (var j = i + 1; j < nodes.Count; j++)
            {
                if (nodes[j].State == VrrpState.Master && TakesPart(nodes[j]) && HearEachOther(nodes[i], nodes[j]))
                    CheckPair(nodes[i], nodes[j]);
            }
        }
    }

    private void CheckPair(LanNode a, LanNode b)
    {
        var since = Math.Max(Disturbed, Math.Max(a.MasterSince, b.MasterSince));
        if (lan.Now - since > bounds.TwoMasters)
        {
            var milliseconds = (lan.Now - since) / MonotonicClock.Millisecond;
            Fail($"{a.Router.Options.Name} and {b.Router.Options.Name} hear each other and are both master for {milliseconds} ms");
        }
    }

    private bool HearEachOther(LanNode a, LanNode b)
    {
        var link = lan.LinkOf(a.Segment);
        return a.Segment == b.Segment && link.Loss == 0 && link.IsWhole(a.Host.Number, b.Host.Number);
    }

    private bool IsInPart(LanNode a, LanNode b) =>
        a == b || (a.Segment == b.Segment && lan.LinkOf(a.Segment).IsWhole(a.Host.Number, b.Host.Number));

    /// <summary>Whether it is in a condition to be master: a host without processor or cable is not.</summary>
    private static bool TakesPart(LanNode node) =>
        node.Host is { IsAlive: true, IsPaused: false } && node.IsConnected && node.State is VrrpState.Master or VrrpState.Backup;

    private void Fail(string message)
    {
        trace?.Write(lan.Now, $"*** {message}");
        throw new InvariantException(message);
    }
}
