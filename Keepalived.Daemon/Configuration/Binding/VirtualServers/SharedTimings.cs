using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>The timings of all checks. Very many checks have few different ones, and each of these is one object.</summary>
internal sealed class SharedTimings
{
    private readonly HashSet<CheckTiming> _known = [];
    private CheckTimes _lastTimes;
    private Type? _lastKind;
    private CheckTiming _last = CheckTiming.Standard;

    /// <summary>The timing of a check of this kind.</summary>
    public CheckTiming Of(CheckTimes times, CheckConfiguration check)
    {
        if (_lastKind == check.GetType() && _lastTimes == times)
            return _last;
        var timing = times.ToTiming(check);
        if (_known.TryGetValue(timing, out var known))
            timing = known;
        else
            _known.Add(timing);
        (_lastTimes, _lastKind, _last) = (times, check.GetType(), timing);
        return timing;
    }
}
