using System.Globalization;
using Keepalived.Netlink.Io;
using Keepalived.Simulation.Tests.Network;
using Keepalived.Vrrp.Tests.Core;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>What many runs added up to.</summary>
internal sealed class ChaosTotals
{
    private long _adverts;
    private long _deliveries;
    private long _lost;
    private long _transitions;
    private long _disturbances;

    public int Runs { get; private set; }

    /// <summary>The simulated time.</summary>
    public TimeSpan Time { get; private set; }

    public void Add(VirtualLan lan, long transitions, long disturbances)
    {
        Runs++;
        Time += MonotonicClock.ToTimeSpan(lan.Now - RouterHarness.Epoch);
        _adverts += lan.Statistics.Adverts;
        _deliveries += lan.Statistics.Deliveries;
        _lost += lan.Statistics.Lost;
        _transitions += transitions;
        _disturbances += disturbances;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Runs:n0} runs, {Time.TotalHours:n0} simulated hours, {_adverts:n0} adverts, {_deliveries:n0} copies received, {_lost:n0} lost, "
        + $"{_disturbances:n0} disturbances, {_transitions:n0} changes of state");
}
