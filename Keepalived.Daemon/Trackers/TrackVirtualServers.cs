using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Trackers;

/// <summary>
/// The VRRP child's side of <c>track_virtual_server</c>: holds what the checker process last said of the quorum of virtual servers. Until
/// its first word nothing is reported, and without one, after a moment, they count as without a quorum. When that process dies its last word
/// holds: the kernel goes on balancing as it was told, and the next one begins with what it finds there. Used on the loop.
/// </summary>
internal sealed class TrackVirtualServers : IDisposable
{
    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly Action<string, bool> _report;
    private readonly LoopTimer _patience;
    private readonly Dictionary<string, bool> _states = new(StringComparer.Ordinal);
    private HashSet<string> _tracked = new(StringComparer.Ordinal);

    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of changes.</param>
    /// <param name="report">Gets the name of what is tracked, and whether it has its quorum, first and at each change.</param>
    public TrackVirtualServers(EventLoop loop, ILogger logger, Action<string, bool> report)
    {
        (_loop, _logger, _report) = (loop, logger, report);
        _patience = loop.CreateTimer(static state => ((TrackVirtualServers)state!).LosePatience(), this);
    }

    /// <summary>
    /// How long the first word may take, in ns: checkers tell it when the kernel has their whole table. 10 s unless told.
    /// </summary>
    public long Patience { get; init; } = 10 * MonotonicClock.Second;

    /// <summary>Follows these from now on. What is known of one is reported at once.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="areChecked">Whether there is a checker process to wait for.</param>
    public void Use(IEnumerable<string> names, bool areChecked)
    {
        _tracked = names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in _states.Keys.Where(name => !_tracked.Contains(name)).ToArray())
            _states.Remove(name);
        foreach (var (name, hasQuorum) in _states)
            _report(name, hasQuorum);
        _patience.Cancel();
        if (_states.Count == _tracked.Count)
            return;
        if (areChecked)
            _patience.Arm(_loop.Now + Patience);
        else
            LosePatience();
    }

    /// <summary>Hears what the checker process says, also of what a configuration tracks that is yet to be read here.</summary>
    public void OnQuorum(string name, bool hasQuorum)
    {
        var isNews = !_states.TryGetValue(name, out var before) || before != hasQuorum;
        _states[name] = hasQuorum;
        if (!isNews || !_tracked.Contains(name))
            return;
        Log.TrackedQuorum(_logger, name, hasQuorum ? "has" : "has not");
        _report(name, hasQuorum);
    }

    public void Dispose()
    {
        _patience.Dispose();
        _tracked = [];
    }

    private void LosePatience()
    {
        foreach (var name in _tracked.Where(name => !_states.ContainsKey(name)).ToArray())
        {
            Log.TrackedQuorumUnknown(_logger, name);
            _states[name] = false;
            _report(name, false);
        }
    }
}
