using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Daemon.Interop;
using Keepalived.Netlink.Io;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Trackers;

/// <summary>Hears of what happens to files in directories: inotify(7) on a loop.</summary>
/// <param name="loop">The loop.</param>
/// <param name="onEvent">Told the watch, what happened (the <c>Watch…</c> constants of <see cref="Libc"/>), and the name in the directory.</param>
internal sealed class DirectoryWatch(EventLoop loop, Action<int, uint, string> onEvent) : IDisposable
{
    /// <summary>struct inotify_event: watch, mask, cookie, length of the name after it.</summary>
    private const int EventHeaderSize = 16;

    private readonly byte[] _events = new byte[16 * 1024];
    private SafeFileHandle? _inotify;
    private LoopRegistration? _registration;

    /// <summary>Watches a directory from now on.</summary>
    /// <returns>The number of the watch; negative, with errno set, if the kernel refused.</returns>
    public int Add(string directory, uint mask)
    {
        if (_inotify is null)
        {
            var inotify = Libc.OpenInotify();
            if (inotify.IsInvalid)
                return -1;
            _inotify = inotify;
            _registration = loop.Register(inotify, LoopReadiness.Readable, static (state, _) => ((DirectoryWatch)state!).OnReadable(), this);
        }

        return Libc.InotifyAddWatch(_inotify, directory, mask);
    }

    /// <summary>Watches nothing any more, until something is added again.</summary>
    public void Dispose()
    {
        _registration?.Dispose();
        _inotify?.Dispose();
        (_registration, _inotify) = (null, null);
    }

    private void OnReadable()
    {
        var inotify = _inotify;
        while (inotify is not null && inotify == _inotify)
        {
            var length = (int)Libc.Read(inotify, _events);
            if (length <= 0)
                return;
            // Whoever is told may end the watch.
            for (var offset = 0; offset + EventHeaderSize <= length && inotify == _inotify;)
            {
                var header = _events.AsSpan(offset, EventHeaderSize);
                var name = _events.AsSpan(offset + EventHeaderSize, MemoryMarshal.Read<int>(header[12..]));
                var (watch, mask) = (MemoryMarshal.Read<int>(header), MemoryMarshal.Read<uint>(header[4..]));
                offset += EventHeaderSize + name.Length;
                onEvent(watch, mask, Encoding.UTF8.GetString(name.TrimEnd((byte)0)));
            }
        }
    }
}
