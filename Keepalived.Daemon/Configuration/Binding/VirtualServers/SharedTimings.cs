using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>The timings of all checks. Very many checks have few different ones, and each of these is one object.</summary>
internal sealed class SharedTimings
{
    private readonly SharedValues _known = new();
    private CheckTimes _lastTimes;
    private Type? _lastKind;
    private CheckTiming _last = CheckTiming.Standard;

    /// <summary>The timing of a check of this kind.</summary>
    public CheckTiming Of(CheckTimes times, CheckConfiguration check)
    {
        if (_lastKind == check.GetType() && _lastTimes == times)
            return _last;
        (_lastTimes, _lastKind, _last) = (times, check.GetType(), _known.Share(times.ToTiming(check)));
        return _last;
    }
}
