using Keepalived.Netlink.Io;
using Keepalived.Vrrp.Interfaces;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Which interfaces count as up: what the kernel tells, or what the driver answers where it is polled, after the delays of the options.
/// Lives on the loop.
/// </summary>
internal sealed class LinkStates : IDisposable
{
    private const long PollInterval = MonotonicClock.Second;

    private readonly TransportContext _context;
    private readonly LoopTimer _delayed;
    private readonly LoopTimer _poll;
    private LinkProbe? _probe;
    private readonly Dictionary<string, LinkPollingMethod> _polled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InterfaceDelay> _delays = new(StringComparer.Ordinal);

    public LinkStates(TransportContext context)
    {
        _context = context;
        _delayed = context.Loop.CreateTimer(static state => ((LinkStates)state!).OnDelayed(), this);
        _poll = context.Loop.CreateTimer(static state => ((LinkStates)state!).Poll(), this);
    }

    /// <summary>Whether anything here depends on how often routers advertise.</summary>
    public bool HasDelays => _delays.Count > 0;

    /// <summary>Goes on with the options of the context and its routers.</summary>
    public void Update()
    {
        var options = _context.InterfaceOptions;
        _polled.Clear();
        foreach (var polled in options.Polled.AsSpan())
            _polled[polled.Interface] = polled.Method;
        foreach (var driver in options.PollAll ? _context.Drivers : [])
        {
            if (driver.Options.Interface is { } name)
                _polled.TryAdd(name, LinkPollingMethod.Automatic);
        }

        foreach (var gone in _delays.Keys.Where(name => !options.Delays.AsSpan().ToArray().Any(delay => delay.Interface == name)).ToArray())
            _delays.Remove(gone);
        UpdateLimits();
        foreach (var link in _context.Interfaces.All)
            Report(link);
        if (_polled.Count == 0)
            _poll.Cancel();
        else if (!_poll.IsArmed)
            _poll.Arm(_context.Loop.Now + PollInterval);
    }

    /// <summary>An interface must not be down unnoticed for so long that a backup takes over meanwhile.</summary>
    public void UpdateLimits()
    {
        foreach (var delay in _context.InterfaceOptions.Delays.AsSpan())
        {
            var (down, up) = (MonotonicClock.FromTimeSpan(delay.Down), MonotonicClock.FromTimeSpan(delay.Up));
            foreach (var driver in _context.Drivers)
            {
                if (driver.Options.Interface != delay.Interface || down <= driver.LongestUnnoticedAbsence)
                    continue;
                up = up == down ? driver.LongestUnnoticedAbsence : up;
                down = driver.LongestUnnoticedAbsence;
            }

            var limited = new InterfaceDelay(delay.Interface, MonotonicClock.ToTimeSpan(down), MonotonicClock.ToTimeSpan(up));
            if (_delays.GetValueOrDefault(delay.Interface) == limited)
                continue;
            _delays[delay.Interface] = limited;
            if (limited != delay)
                _context.Logger.DelayLimited(delay.Interface, limited.Down);
        }

        foreach (var link in _context.Interfaces.All)
            SetDelays(link);
    }

    /// <summary>An interface came, or the kernel changed its state.</summary>
    /// <returns>Whether it counts differently now.</returns>
    public bool Report(NetworkInterface link)
    {
        SetDelays(link);
        var isUp = _polled.TryGetValue(link.Name, out var method) && Find(link.Index) is null
            ? link.IsEnabled && (Ask(link, method) ?? link.IsRunning)
            : link.IsRunning;
        var before = link.IsUp;
        if (link.Debounce is { } debounce)
        {
            debounce.Report(isUp, _context.Loop.Now);
            isUp = debounce.IsUp;
            Arm(debounce);
        }

        link.IsUp = isUp;
        return before != isUp;
    }

    public void Dispose()
    {
        _delayed.Dispose();
        _poll.Dispose();
        _probe?.Dispose();
    }

    private bool? Ask(NetworkInterface link, LinkPollingMethod method)
    {
        var probe = _probe ??= LinkProbe.Open();
        return method switch
        {
            LinkPollingMethod.Mii => probe.ReadMii(link.Name),
            LinkPollingMethod.Ethtool => probe.ReadEthtool(link.Name),
            LinkPollingMethod.Flags => probe.ReadFlags(link.Name),
            _ => probe.ReadMii(link.Name) ?? probe.ReadEthtool(link.Name) ?? probe.ReadFlags(link.Name),
        };
    }

    private VirtualInterface? Find(int index) => _context.Virtual.Find(index);

    private void SetDelays(NetworkInterface link)
    {
        if (!_delays.TryGetValue(link.Name, out var delay))
        {
            link.Debounce = null;
            return;
        }

        link.Debounce ??= LinkDebounce.StartingFrom(link.IsUp);
        link.Debounce.DownDelay = MonotonicClock.FromTimeSpan(delay.Down);
        link.Debounce.UpDelay = MonotonicClock.FromTimeSpan(delay.Up);
    }

    private void Arm(LinkDebounce debounce)
    {
        if (debounce.NextDeadline < _delayed.Deadline)
            _delayed.Arm(debounce.NextDeadline);
    }

    private void OnDelayed()
    {
        var now = _context.Loop.Now;
        foreach (var link in _context.Interfaces.All)
        {
            if (link.Debounce is not { } debounce)
                continue;
            if (debounce.HandleTimeout(now))
            {
                link.IsUp = debounce.IsUp;
                _context.UpdateRouters(link, now);
            }

            Arm(debounce);
        }
    }

    private void Poll()
    {
        var now = _context.Loop.Now;
        foreach (var name in _polled.Keys)
        {
            if (_context.Interfaces.Find(name) is { } link && Report(link))
                _context.UpdateRouters(link, now);
        }

        _poll.Arm(now + PollInterval);
    }
}
