using System.Runtime.InteropServices;
using Keepalived.Checkers.Files;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Trackers;

/// <summary>
/// Watches the files of <c>track_file</c> blocks and reports their numbers. The directory is watched, not the file: that may be missing,
/// or be replaced by another one at any time.
/// </summary>
internal sealed class TrackFiles : IDisposable
{
    private const uint Watched =
        Libc.WatchCloseWrite | Libc.WatchMovedTo | Libc.WatchMovedFrom | Libc.WatchDelete | Libc.WatchOnlyDirectory;

    private readonly ILogger _logger;
    private readonly Action<string, int> _report;
    private readonly DirectoryWatch _directories;
    private readonly List<(TrackFileConfiguration File, string Path, int Watch)> _files = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <param name="loop">The loop.</param>
    /// <param name="logger">Hears of changes.</param>
    /// <param name="report">Told the number of each, by its name.</param>
    public TrackFiles(EventLoop loop, ILogger logger, Action<string, int> report)
    {
        (_logger, _report) = (logger, report);
        _directories = new DirectoryWatch(loop, OnEvent);
    }

    /// <summary>Goes on with these files, and reports the number of each.</summary>
    /// <param name="files">The files.</param>
    /// <param name="isStart">Whether the daemon starts: files that shall have a first number get it.</param>
    public void Use(IEnumerable<TrackFileConfiguration> files, bool isStart)
    {
        Dispose();
        foreach (var file in files)
        {
            if (isStart)
                Initialize(file);
            Watch(file);
        }
    }

    /// <summary>Watches nothing any more.</summary>
    public void Dispose()
    {
        _directories.Dispose();
        _files.Clear();
    }

    private void Initialize(TrackFileConfiguration file)
    {
        if (file.InitialValue is not { } value || (File.Exists(file.Path) && !file.Overwrite))
            return;
        try
        {
            if (Libc.Stat(file.Path, follow: true, out var status) == 0 && !status.IsRegularFile)
                Log.TrackFileNotRegular(_logger, file.Name, file.Path);
            else
                File.WriteAllBytes(file.Path, FileNumber.Format(value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.TrackFileNotWritten(_logger, file.Name, e.Message);
        }
    }

    private void Watch(TrackFileConfiguration file)
    {
        // A link is followed once: what it points to then is the file.
        var path = Libc.RealPath(file.Path) ?? Path.GetFullPath(file.Path);
        var watch = _directories.Add(Path.GetDirectoryName(path) ?? "/", Watched);
        if (watch < 0)
            Log.TrackFileNotWatched(_logger, file.Name, file.Path, Errno.LastMessage);
        _files.Add((file, path, watch));
        Read(file, path);
    }

    private void OnEvent(int watch, uint mask, string name)
    {
        var isOverflow = (mask & Libc.WatchOverflow) != 0;
        foreach (var (file, path, ofFile) in _files)
        {
            if (isOverflow)
                Read(file, path);
            else if (watch != ofFile || Path.GetFileName(path) != name)
                continue;
            else if ((mask & (Libc.WatchCloseWrite | Libc.WatchMovedTo)) != 0)
                Read(file, path);
            else
                Report(file, 0);
        }
    }

    private void Read(TrackFileConfiguration file, string path)
    {
        Span<byte> buffer = stackalloc byte[FileNumber.MaxLength];
        using var handle = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenNonBlocking);
        var length = handle.IsInvalid ? -1 : (int)Libc.Read(handle, buffer);
        if (length < 0 && Marshal.GetLastPInvokeError() != Errno.NoEntry)
            Log.TrackFileNotRead(_logger, file.Name, path, Errno.LastMessage);
        if (FileNumber.TryParse(buffer[..Math.Max(length, 0)], out var number))
            Report(file, number);
        else
            Log.TrackFileOutOfRange(_logger, file.Name, path);
    }

    private void Report(TrackFileConfiguration file, int number)
    {
        if (!_numbers.TryGetValue(file.Name, out var before) || before != number)
            Log.TrackFileNumber(_logger, file.Name, number);
        _numbers[file.Name] = number;
        _report(file.Name, number);
    }
}
