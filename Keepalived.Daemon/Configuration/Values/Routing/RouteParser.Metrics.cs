using System.Globalization;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Netlink.Route;

namespace Keepalived.Daemon.Configuration.Values.Routing;

/// <content>What a route tells transport protocols.</content>
internal sealed partial class RouteParser
{
    private const int MinTime = 200;
    private const int MaxTime = 120_000;
    private const uint FeatureEcn = 1;

    private readonly SortedDictionary<RouteMetric, RouteMetricValue> _metrics = [];
    private string? _congestionControl;
    private bool _isCongestionControlLocked;

    private bool TryReadMetric(string word, out bool isMetric)
    {
        isMetric = true;
        switch (word)
        {
            case "mtu":
                return TryReadLockable("MTU", RouteMetric.Mtu);
            case "advmss":
                return TryReadLockable(word, RouteMetric.AdvertisedSegmentSize);
            case "reordering":
                return TryReadLockable(word, RouteMetric.Reordering);
            case "cwnd":
                return TryReadLockable(word, RouteMetric.CongestionWindow);
            case "ssthresh":
                return TryReadLockable(word, RouteMetric.SlowStartThreshold);
            case "rtt":
                return TryReadTime(word, RouteMetric.RoundTripTime, 8);
            case "rttvar":
                return TryReadTime(word, RouteMetric.RoundTripTimeVariance, 4);
            case "rto_min":
                return TryReadTime(word, RouteMetric.MinimumRetransmissionTimeout, 1);
            case "congctl":
                _isCongestionControlLocked = TryReadLock();
                if (!cursor.ReadValue())
                    return false;
                _congestionControl = cursor.Word;
                return true;
            case "window":
                return TryReadPlain(word, RouteMetric.Window, uint.MaxValue);
            case "initcwnd":
                return TryReadPlain(word, RouteMetric.InitialCongestionWindow, uint.MaxValue);
            case "initrwnd":
                return TryReadPlain(word, RouteMetric.InitialReceiveWindow, uint.MaxValue);
            case "hoplimit":
                return TryReadPlain(word, RouteMetric.HopLimit, byte.MaxValue);
            case "quickack":
                return TryReadPlain(word, RouteMetric.QuickAcknowledgement, 1);
            case "fastopen_no_cookie":
                return TryReadPlain(word, RouteMetric.FastOpenWithoutCookie, 1);
            case "features":
                if (!cursor.ReadValue())
                    return false;
                if (cursor.Word == "ecn")
                    return Set(RouteMetric.Features, FeatureEcn, false);
                cursor.Complain($"there is no feature '{cursor.Word}'; it is ignored", "ecn");
                return true;
            default:
                isMetric = false;
                return true;
        }
    }

    private bool TryReadLock() => cursor.IsNext("lock") && cursor.Read();

    private bool TryReadLockable(string name, RouteMetric metric)
    {
        var isLocked = TryReadLock();
        return cursor.ReadNumber(name, 0, uint.MaxValue, out var value) && Set(metric, value, isLocked);
    }

    private bool TryReadPlain(string name, RouteMetric metric, uint max) =>
        cursor.ReadNumber(name, 0, max, out var value) && Set(metric, value, false);

    /// <summary>
    /// A time in the kernel's units, or with a suffix in milliseconds or seconds, with up to three decimals. Below 200 ms it becomes that;
    /// above two minutes it is an error.
    /// </summary>
    /// <param name="name">The option.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="units">The kernel's units in a millisecond.</param>
    private bool TryReadTime(string name, RouteMetric metric, uint units)
    {
        var isLocked = TryReadLock();
        if (!cursor.ReadValue())
            return false;
        var text = cursor.Word.AsSpan();
        var unit = text.LastIndexOfAnyInRange('0', '9') + 1;
        decimal? factor = text[unit..] switch
        {
            "" => 1,
            "ms" => units,
            "s" or "sec" or "secs" => 1000 * units,
            _ => null,
        };
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        if (factor is null || !decimal.TryParse(text[..unit], Plain, CultureInfo.InvariantCulture, out var number)
            || number * factor.Value > (decimal)MaxTime * units)
        {
            return cursor.Fail($"'{cursor.Word}' is no {name}", "a number with ms, s, sec or secs, up to 120s");
        }

        var value = (uint)Math.Round(number * factor.Value, MidpointRounding.AwayFromZero);
        if (value < MinTime * units)
        {
            cursor.Entry.Remark(cursor.At, DiagnosticCodes.Adjusted, $"the {name} {cursor.Word} is too short; 200ms is used");
            value = MinTime * units;
        }

        return Set(metric, value, isLocked);
    }

    private bool Set(RouteMetric metric, uint value, bool isLocked)
    {
        _metrics[metric] = new RouteMetricValue(metric, value, isLocked);
        return true;
    }

    private RouteMetrics? Metrics() => _metrics.Count == 0 && _congestionControl is null ? null : new RouteMetrics
    {
        Values = [.. _metrics.Values],
        CongestionControl = _congestionControl,
        IsCongestionControlLocked = _isCongestionControlLocked,
    };
}
