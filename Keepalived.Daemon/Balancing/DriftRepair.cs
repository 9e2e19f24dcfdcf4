using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>Compares the kernel's table with what it should be, every so often, and puts it right (<c>lvs_repair_interval</c>).</summary>
internal sealed class DriftRepair : IDisposable
{
    private readonly EventLoop _loop;
    private readonly KernelTable _table;
    private readonly ILogger _logger;
    private readonly LoopTimer _timer;
    private TimeSpan? _interval;

    public DriftRepair(EventLoop loop, KernelTable table, ILogger logger)
    {
        (_loop, _table, _logger) = (loop, table, logger);
        _timer = loop.CreateTimer(static state => ((DriftRepair)state!).Repair(), this);
    }

    /// <summary>Goes on with this interval; null for never.</summary>
    public void Use(TimeSpan? interval)
    {
        _interval = interval;
        Arm();
    }

    /// <summary>Compares no more.</summary>
    public void Dispose()
    {
        _interval = null;
        _timer.Dispose();
    }

    private void Arm()
    {
        _timer.Cancel();
        if (_interval is { } interval)
            _timer.Arm(_loop.Now + MonotonicClock.FromTimeSpan(interval));
    }

    private async void Repair()
    {
        try
        {
            if (await _table.RepairAsync().ConfigureAwait(true) is > 0 and var count)
                Log.DriftRepaired(_logger, count);
        }
        catch (Exception e) when (e is NetlinkException or ObjectDisposedException)
        {
            Log.KernelTableRefused(_logger, e.Message);
        }

        if (_interval is not null)
            Arm();
    }
}
