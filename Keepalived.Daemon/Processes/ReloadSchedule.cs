using System.Text;
using Keepalived.Daemon.Interop;
using Keepalived.Daemon.Trackers;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// Watches the file that says when to reload (<c>reload_time_file</c>), and reloads then. The directory is watched: the file may come and go
/// at any time.
/// </summary>
internal sealed class ReloadSchedule : IDisposable
{
    /// <summary>The clock may be set meanwhile: no longer than this does the loop sleep on what it said.</summary>
    private const long LongestSleep = 10 * MonotonicClock.Second;

    private const int MaxFileSize = 128;

    private const uint Watched = Libc.WatchCloseWrite | Libc.WatchMovedTo | Libc.WatchMovedFrom | Libc.WatchDelete | Libc.WatchOnlyDirectory;

    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly Action _reload;
    private readonly DirectoryWatch _directory;
    private readonly LoopTimer _timer;
    private string? _path;
    private bool _isRepeated;
    private ReloadTime? _time;

    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of times that are set and cancelled.</param>
    /// <param name="reload">Called on the loop at the time.</param>
    public ReloadSchedule(EventLoop loop, ILogger logger, Action reload)
    {
        (_loop, _logger, _reload) = (loop, logger, reload);
        _directory = new DirectoryWatch(loop, OnEvent);
        _timer = loop.CreateTimer(static state => ((ReloadSchedule)state!).OnTimer(), this);
    }

    /// <summary>Goes on with this file, read anew.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="isRepeated">Whether a file without a date stays after its time, and so counts for every day.</param>
    public void Use(string? path, bool isRepeated)
    {
        _directory.Dispose();
        _timer.Cancel();
        (_path, _isRepeated, _time) = (path, isRepeated, null);
        if (path is null)
            return;
        if (_directory.Add(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", Watched) < 0)
            Log.ReloadTimeNotWatched(_logger, path, Errno.LastMessage);
        if (File.Exists(path))
            Read();
    }

    /// <summary>Watches nothing any more.</summary>
    public void Dispose()
    {
        _directory.Dispose();
        _timer.Dispose();
    }

    private void OnEvent(int watch, uint mask, string name)
    {
        if ((mask & Libc.WatchIgnored) != 0)
        {
            // The directory is gone: there will be no more of it until the next reload.
            Log.ReloadTimeNotWatched(_logger, _path!, "its directory was removed");
            _directory.Dispose();
            Cancel();
        }
        else if ((mask & Libc.WatchOverflow) == 0 && name != Path.GetFileName(_path))
        {
            return;
        }
        else if (File.Exists(_path))
        {
            Read();
        }
        else
        {
            Cancel();
        }
    }

    private void Read()
    {
        var now = DateTime.UtcNow;
        if (ReadFile() is not { } content || !ReloadTime.TryParse(content, now, TimeZoneInfo.Local, out var time))
        {
            Log.ReloadTimeInvalid(_logger, _path!);
            Cancel();
            return;
        }

        if (time.At <= now)
        {
            Log.ReloadTimePassed(_logger, time.At);
            Cancel();
            return;
        }

        if (time != _time)
            Log.ReloadTimeSet(_logger, time.At);
        _time = time;
        Arm();
    }

    private string? ReadFile()
    {
        Span<byte> content = stackalloc byte[MaxFileSize];
        using var file = Libc.Open(_path!, Libc.OpenReadOnly | Libc.OpenNonBlocking);
        var length = file.IsInvalid ? -1 : (int)Libc.Read(file, content);
        if (length >= 0)
            return Encoding.ASCII.GetString(content[..length]);
        Log.ReloadFileFailed(_logger, _path!, Errno.LastMessage);
        return null;
    }

    private void Cancel()
    {
        if (_time is not null)
            Log.ReloadTimeCancelled(_logger);
        _time = null;
        _timer.Cancel();
    }

    private void Arm()
    {
        var left = MonotonicClock.FromTimeSpan(_time!.Value.At - DateTime.UtcNow);
        _timer.Arm(_loop.Now + Math.Clamp(left, 0, LongestSleep));
    }

    private void OnTimer()
    {
        if (_time is not { } time)
            return;
        if (time.At > DateTime.UtcNow)
        {
            Arm();
            return;
        }

        _time = null;
        if (_isRepeated && time.IsDaily)
            Read();
        else
            ReloadMarker.Remove(_path!, _logger);
        _reload();
    }
}
