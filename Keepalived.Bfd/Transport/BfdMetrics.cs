using System.Diagnostics;
using System.Diagnostics.Metrics;
using Keepalived.Bfd.Wire;
using Keepalived.Netlink.Io;

namespace Keepalived.Bfd.Transport;

/// <summary>
/// The meter <c>Keepalived.Bfd</c>: all instruments are observed when somebody asks, so that counting costs the loop nothing.
/// </summary>
internal sealed class BfdMetrics : IDisposable
{
    public const string MeterName = "Keepalived.Bfd";
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly BfdEndpoint _endpoint;

    public BfdMetrics(BfdEndpoint endpoint, IMeterFactory? factory)
    {
        _endpoint = endpoint;
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableGauge(
            "bfd.session.state", () => Observe(static neighbor => (long)neighbor.State), description: "0 AdminDown, 1 Down, 2 Init, 3 Up");
        Count("bfd.packets.sent", "{packet}", static statistics => statistics.ControlPacketsSent);
        Count("bfd.packets.received", "{packet}", static statistics => statistics.ControlPacketsReceived);
        _meter.CreateObservableCounter("bfd.packets.discarded", ObserveDiscards, "{packet}");
        _meter.CreateObservableCounter(
            "bfd.packets.unknown", () => endpoint.DiscardedPackets, "{packet}", "Packets discarded that belong to no session here");
        _meter.CreateObservableCounter("bfd.send.errors", () => Observe(static neighbor => neighbor.SendErrors), "{error}");
        Count("bfd.transitions.up", "{transition}", static statistics => statistics.TimesUp);
        Count("bfd.transitions.down", "{transition}", static statistics => statistics.TimesDown);
        Count("bfd.detections.expired", "{detection}", static statistics => statistics.DetectionsExpired);
        Count("bfd.packets.late", "{packet}", static statistics => statistics.LatePackets);
        _meter.CreateObservableGauge(
            "bfd.transmit.lateness.max", () => ObserveSeconds(static statistics => statistics.MaximumTransmitLateness), "s",
            "The latest that a periodic packet ever left");
        Count("bfd.echo.sent", "{packet}", static statistics => statistics.EchoPacketsSent);
        Count("bfd.echo.lost", "{packet}", static statistics => statistics.EchoPacketsLost);
        _meter.CreateObservableGauge(
            "bfd.echo.rtt", () => ObserveSeconds(static statistics => statistics.RoundTripTime), "s", "The last round trip of an echo packet");
        _meter.CreateObservableGauge(
            "bfd.loop.lateness.max", () => Seconds(endpoint.LoopStatistics?.TimerLateness.Maximum ?? 0), "s",
            "The latest that a timer of the loop ever fired");
    }

    public void Dispose()
    {
        if (_ownsMeter)
            _meter.Dispose();
    }

    private static double Seconds(long nanoseconds) => nanoseconds / (double)MonotonicClock.Second;

    private static TagList TagsOf(BfdNeighbor neighbor) => new()
    {
        { "session", neighbor.Name },
        { "neighbor", neighbor.Options.Address.ToString() },
    };

    private void Count(string name, string unit, Func<BfdStatistics, long> read) =>
        _meter.CreateObservableCounter(name, () => Observe(neighbor => read(neighbor.Statistics)), unit);

    private List<Measurement<long>> Observe(Func<BfdNeighbor, long> read)
    {
        var measurements = new List<Measurement<long>>();
        foreach (var neighbor in _endpoint.AllNeighbors)
            measurements.Add(new Measurement<long>(read(neighbor), TagsOf(neighbor)));
        return measurements;
    }

    // Negative: nothing was measured yet.
    private List<Measurement<double>> ObserveSeconds(Func<BfdStatistics, long> read)
    {
        var measurements = new List<Measurement<double>>();
        foreach (var neighbor in _endpoint.AllNeighbors)
        {
            var value = read(neighbor.Statistics);
            if (value >= 0)
                measurements.Add(new Measurement<double>(Seconds(value), TagsOf(neighbor)));
        }

        return measurements;
    }

    private List<Measurement<long>> ObserveDiscards()
    {
        var measurements = new List<Measurement<long>>();
        foreach (var neighbor in _endpoint.AllNeighbors)
        {
            foreach (var reason in Enum.GetValues<BfdDiscardReason>())
            {
                var count = neighbor.Statistics.Discarded(reason);
                if (count == 0)
                    continue;
                var tags = TagsOf(neighbor);
                tags.Add("reason", reason.ToString());
                measurements.Add(new Measurement<long>(count, tags));
            }
        }

        return measurements;
    }
}
