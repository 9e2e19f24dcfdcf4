using System.Diagnostics;
using System.Diagnostics.Metrics;
using Keepalived.Netlink.Io;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// The meter <c>Keepalived.Vrrp</c>: all instruments are observed when somebody asks, so that counting costs the loop nothing.
/// </summary>
internal sealed class VrrpMetrics : IDisposable
{
    public const string MeterName = "Keepalived.Vrrp";
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly VrrpEngine _engine;

    public VrrpMetrics(VrrpEngine engine, IMeterFactory? factory)
    {
        _engine = engine;
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableGauge(
            "vrrp.router.state", () => Observe(static router => (long)router.State), description: "0 initialize, 1 backup, 2 master, 3 fault");
        _meter.CreateObservableGauge(
            "vrrp.router.priority", () => Observe(static router => (long)router.Priority), description: "Effective priority");
        _meter.CreateObservableCounter(
            "vrrp.advertisements.sent", () => Observe(static router => router.Statistics.AdvertisementsSent), "{advertisement}");
        _meter.CreateObservableCounter(
            "vrrp.advertisements.received", () => Observe(static router => router.Statistics.AdvertisementsReceived), "{advertisement}");
        _meter.CreateObservableCounter("vrrp.advertisements.discarded", ObserveDiscards, "{advertisement}");
        _meter.CreateObservableCounter(
            "vrrp.transitions.to_master", () => Observe(static router => router.Statistics.BecameMaster), "{transition}");
        _meter.CreateObservableCounter(
            "vrrp.transitions.from_master", () => Observe(static router => router.Statistics.ReleasedMaster), "{transition}");
        _meter.CreateObservableCounter(
            "vrrp.send.errors", () => engine.SendErrors, "{error}", "Adverts the kernel refused to send, all routers");
        _meter.CreateObservableCounter(
            "vrrp.unknown_router", () => engine.UnknownVirtualRouterIds, "{advertisement}", "Adverts for virtual routers that are not ours");
        _meter.CreateObservableCounter(
            "vrrp.malformed", () => engine.MalformedDatagrams, "{datagram}", "Datagrams too short to say which router they are for");
        _meter.CreateObservableGauge("vrrp.loop.lateness.max", ObserveLateness, "s", "The latest that a timer of the loop ever fired");
    }

    public void Dispose()
    {
        if (_ownsMeter)
            _meter.Dispose();
    }

    private static TagList TagsOf(VirtualRouter router) => new()
    {
        { "router", router.Name },
        { "vrid", (int)router.Options.VirtualRouterId },
        { "interface", router.Options.Interface },
    };

    private List<Measurement<long>> Observe(Func<VirtualRouter, long> read)
    {
        var measurements = new List<Measurement<long>>();
        foreach (var router in _engine.Routers)
            measurements.Add(new Measurement<long>(read(router), TagsOf(router)));
        return measurements;
    }

    private List<Measurement<long>> ObserveDiscards()
    {
        var measurements = new List<Measurement<long>>();
        foreach (var router in _engine.Routers)
        {
            foreach (var reason in Enum.GetValues<VrrpDiscardReason>())
            {
                var count = router.Statistics.Discarded(reason);
                if (count == 0)
                    continue;
                var tags = TagsOf(router);
                tags.Add("reason", reason.ToString());
                measurements.Add(new Measurement<long>(count, tags));
            }
        }

        return measurements;
    }

    private double ObserveLateness() =>
        _engine.LoopStatistics is { } statistics ? statistics.TimerLateness.Maximum / (double)MonotonicClock.Second : 0;
}
