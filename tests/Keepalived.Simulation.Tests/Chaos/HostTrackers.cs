using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp;
using Keepalived.Vrrp.Tracking;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>
/// What a host tracks: scripts, files, interfaces, with weights and without, the same for all its routers, as a sync group has it. What
/// they add up to is put to the routers as their driver does it.
/// </summary>
internal sealed class HostTrackers
{
    private const byte AnyPriority = 100;
    private static readonly VrrpFault Fault = new(VrrpFaultReason.Tracker, -1);
    private readonly TrackerSet _set = new(AnyPriority);
    private readonly bool[] _isNumber;
    private readonly LanHost _host;

    /// <summary>Draws them; all are up.</summary>
    public HostTrackers(LanHost host, Random random)
    {
        _host = host;
        _isNumber = new bool[random.Next(5)];
        for (var i = 0; i < _isNumber.Length; i++)
        {
            var weight = new TrackerWeight(random.Next(4) == 0 ? 0 : random.Next(-253, 254), random.Next(4) == 0);
            _isNumber[i] = random.Next(3) == 0;
            if (_isNumber[i])
                _set.AddNumber(weight, 0);
            else
                _set.Add(weight, weight.Reverse ? TrackedState.Down : TrackedState.Up);
        }
    }

    /// <summary>What one of them says now; empty if there is none.</summary>
    public string Change(Random random)
    {
        if (_isNumber.Length == 0)
            return "";
        var which = random.Next(_isNumber.Length);
        if (_isNumber[which])
        {
            var number = random.Next(3) == 0 ? 0 : random.Next(-300, 300);
            _set.SetNumber(which, number);
            return $"tracker {which} says {number}";
        }

        var state = random.Next(2) == 0 ? TrackedState.Up : TrackedState.Down;
        _set.SetState(which, state);
        return $"tracker {which} is {state}";
    }

    /// <summary>Puts it to the routers of the host.</summary>
    public void Apply(VirtualLan lan)
    {
        var (contribution, isFault) = (_set.TotalPriority - AnyPriority, _set.FaultCount > 0);
        foreach (var node in _host.Nodes)
        {
            lan.Do(node, (router, now) => router.SetPriority(router.Options.Priority + contribution, now));
            lan.Do(node, (router, now) => router.SetFault(Fault, isFault, now));
        }
    }
}
