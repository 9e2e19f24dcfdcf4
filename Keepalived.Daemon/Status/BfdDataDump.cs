using System.Globalization;
using Keepalived.Bfd;
using Keepalived.Bfd.Wire;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Status;

/// <summary>Configuration and state of the BFD process, as text. The labels are those that operators' scripts look for.</summary>
internal static class BfdDataDump
{
    /// <summary>Makes the text.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="states">What the sessions were when the dump was asked for, by name; those that are not open are missing.</param>
    public static string Create(KeepalivedConfiguration configuration, IReadOnlyDictionary<string, (BfdState State, BfdDiagnostic Diagnostic)> states)
    {
        var text = new DumpText().AddGlobal(configuration.Global);
        if (configuration.BfdInstances.Count > 0)
            text.Heading("BFD Topology");
        foreach (var instance in configuration.BfdInstances)
        {
            var session = instance.Session;
            text.Value(1, "BFD Instance", instance.Name)
                .Value(3, "Neighbor IP", instance.NeighborAddress);
            if (instance.SourceAddress is { } source)
                text.Value(3, "Source IP", source);
            if (states.TryGetValue(instance.Name, out var now))
                text.Value(3, "State", now.State).Value(3, "Diagnostic", now.Diagnostic);
            text.Value(3, "Required min RX interval", Interval(session.MinRx))
                .Value(3, "Desired min TX interval", Interval(session.MinTx))
                .Value(3, "Desired idle TX interval", Interval(session.IdleTx))
                .Value(3, "Detection multiplier", session.Multiplier);
            if (session.HopLimit is { } limit)
                text.Value(3, instance.NeighborAddress.IsIPv6 ? "hoplimit" : "TTL", limit);
            text.Value(3, "max_hops", session.MaxHops)
                .Value(3, "passive", session.IsPassive ? "true" : "false")
                .Value(3, "send event to VRRP process", instance.ForVrrp ? "Yes" : "No")
                .Value(3, "send event to checker process", instance.ForChecker ? "Yes" : "No");
        }

        return text.ToString();
    }

    private static string Interval(TimeSpan interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.TotalMicroseconds:F0} us");
}
