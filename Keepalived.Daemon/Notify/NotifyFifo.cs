using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Notify;

/// <summary>
/// A FIFO that lines of events are written to. Writing never waits: what the pipe has no room for waits here, in order and bounded, and what
/// is lost is counted and logged. The FIFO is open for reading too, so that its lines stay in it while a reader is away. Used on the loop.
/// </summary>
internal sealed class NotifyFifo : IDisposable
{
    /// <summary>The lines that wait here at most, beyond the 64 KiB of the pipe itself.</summary>
    public const int MaxWaiting = 16 * 1024;

    private const uint CreationMode = 0b110_100_100;

    private readonly ILogger _logger;
    private readonly SafeFileHandle _file;
    private readonly LoopRegistration _registration;
    private readonly Queue<byte[]> _waiting = new();
    private readonly bool _isOurs;
    private long _lost;

    private NotifyFifo(EventLoop loop, ILogger logger, string path, SafeFileHandle file, bool isOurs)
    {
        (_logger, Path, _file, _isOurs) = (logger, path, file, isOurs);
        _registration = loop.Register(file, LoopReadiness.None, static (state, _) => ((NotifyFifo)state!).OnWritable(), this);
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>How many lines wait for room in the pipe.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether somebody has read all that was written.</summary>
    public bool IsRead => _waiting.Count == 0 && Libc.Readable(_file) == 0;

    /// <summary>Whether it is what its path leads to: nobody has removed it, or put another into its place.</summary>
    public bool IsInPlace =>
        Libc.Stat(_file, out var ours) == 0 && Libc.Stat(Path, follow: false, out var there) == 0 && ours.IsSameFileAs(there);

    /// <summary>Opens a FIFO, and makes it if it is not there. Null, logged, if that cannot be.</summary>
    /// <param name="loop">Tells when the pipe has room again.</param>
    /// <param name="logger">Hears of what is wrong, and of lines that wait or are lost.</param>
    /// <param name="configuration">Its path and owner.</param>
    public static NotifyFifo? TryOpen(EventLoop loop, ILogger logger, NotifyFifoConfiguration configuration)
    {
        var path = configuration.Path;
        var isNew = Libc.MakeFifo(path, CreationMode) == 0;
        if (!isNew && Marshal.GetLastPInvokeError() != Errno.Exists)
        {
            Log.FifoUnusable(logger, path, Errno.LastMessage);
            return null;
        }

        var file = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenNonBlocking | Libc.OpenNoFollow);
        if (FindProblem(file, configuration, isNew) is not { } problem)
            return new NotifyFifo(loop, logger, path, file, isNew);
        Log.FifoUnusable(logger, path, problem);
        file.Dispose();
        return null;
    }

    /// <summary>Writes a line, which has its line feed and is shorter than a pipe's atomic write (4096 bytes).</summary>
    public void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        if (_waiting.Count == 0 && TryWrite(bytes))
            return;
        if (_waiting.Count == 0)
        {
            Log.FifoFull(_logger, Path);
            _registration.Modify(LoopReadiness.Writable);
        }
        else if (_waiting.Count == MaxWaiting)
        {
            // Whoever comes back wants to know how things stand: the newest lines say it.
            if (_lost++ == 0)
                Log.FifoLosesLines(_logger, Path, MaxWaiting);
            _waiting.Dequeue();
        }

        _waiting.Enqueue(bytes);
    }

    /// <summary>Closes it, and removes it if it was made here. A reader that has it open still gets what is in the pipe.</summary>
    public void Dispose()
    {
        if (_file.IsClosed)
            return;
        _registration.Dispose();
        if (_waiting.Count > 0)
            Log.FifoClosedUnread(_logger, Path, _lost + _waiting.Count);
        if (Libc.Readable(_file) is > 0 and var unread)
            Log.FifoLeftUnread(_logger, Path, unread);
        // Somebody may have put another file into its place.
        if (_isOurs && IsInPlace)
            _ = Libc.Unlink(Path);
        _file.Dispose();
    }

    private static string? FindProblem(SafeFileHandle file, NotifyFifoConfiguration configuration, bool isNew)
    {
        if (file.IsInvalid)
            return Errno.LastMessage;
        if (Libc.Stat(file, out var status) != 0)
            return Errno.LastMessage;
        if (!status.IsFifo)
            return "it is no FIFO";
        if (!isNew)
        {
            // Lines must not go to whoever was quicker to make a FIFO of this name.
            return status.User == configuration.UserId || status.User == Libc.GetEffectiveUser()
                ? null
                : $"it exists and belongs to user {status.User}";
        }

        var isOwned = status.User == configuration.UserId && status.Group == configuration.GroupId;
        return isOwned || Libc.ChangeOwner(file, configuration.UserId, configuration.GroupId) == 0
            ? null
            : $"its owner cannot be set: {Errno.LastMessage}";
    }

    private void OnWritable()
    {
        while (_waiting.TryPeek(out var line))
        {
            if (!TryWrite(line))
                return;
            _waiting.Dequeue();
        }

        _registration.Modify(LoopReadiness.None);
        Log.FifoReadAgain(_logger, Path, _lost);
        _lost = 0;
    }

    /// <summary>Whether the pipe took the line, whole: it takes short ones whole or not at all (pipe(7), PIPE_BUF).</summary>
    private unsafe bool TryWrite(byte[] line)
    {
        while (true)
        {
            nint written;
            fixed (byte* bytes = line)
                written = Libc.Write((int)_file.DangerousGetHandle(), bytes, (nuint)line.Length);
            if (written >= 0)
                return true;
            var errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.Interrupted)
                continue;
            if (errno == Errno.TryAgain)
                return false;
            // We are a reader ourselves, so that the pipe cannot break; any other error would repeat for ever.
            Log.FifoUnusable(_logger, Path, Errno.Message(errno));
            return true;
        }
    }
}
