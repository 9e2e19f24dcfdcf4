using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Keepalived.Daemon.Interop;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// A pid file with an exclusive open-file-description lock (fcntl F_OFD_SETLK). The lock belongs to the open file, so it survives the
/// hand-over of the descriptor to a detached process or a child, and ends with the last of them, however that dies.
/// </summary>
internal sealed class PidFile : IDisposable
{
    private const uint FileMode = 0x1A4; // 0644
    private readonly SafeFileHandle _file;

    private PidFile(string path, SafeFileHandle file)
    {
        Path = path;
        _file = file;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The open, locked file.</summary>
    public SafeHandle Handle => _file;

    /// <summary>Opens or creates the file and locks it.</summary>
    /// <param name="path">Its path. A symbolic link is refused.</param>
    /// <param name="file">The locked file, or null.</param>
    /// <param name="problem">Why there is none, in words.</param>
    public static bool TryAcquire(string path, out PidFile? file, out string problem)
    {
        file = null;
        problem = "";
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var handle = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCreate | Libc.OpenNoFollow | Libc.OpenNonBlocking, FileMode);
            if (handle.IsInvalid)
            {
                problem = Marshal.GetLastPInvokeError() == Errno.TooManyLinks
                    ? $"pid file {path} is a symbolic link"
                    : $"pid file {path} cannot be opened: {Errno.LastMessage}";
                return false;
            }

            if (Libc.Stat(handle, out var opened) != 0 || !opened.IsRegularFile)
            {
                problem = $"pid file {path} is not a regular file";
                handle.Dispose();
                return false;
            }

            if (Libc.TryLock(handle) != 0)
            {
                problem = Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.AccessDenied
                    ? $"pid file {path} is locked by another process"
                    : $"pid file {path} cannot be locked: {Errno.LastMessage}";
                handle.Dispose();
                return false;
            }

            // Its last owner may have removed the name between our open and our lock: then we hold the lock of nothing.
            if (Libc.Stat(path, follow: false, out var named) == 0 && named.IsSameFileAs(opened))
            {
                if (FindLivingOwner(handle) is { } owner)
                {
                    problem = $"pid file {path} belongs to process {owner}, which is alive";
                    handle.Dispose();
                    return false;
                }

                file = new PidFile(path, handle);
                return true;
            }

            handle.Dispose();
        }

        problem = $"pid file {path} is being replaced by somebody else";
        return false;
    }

    /// <summary>Takes over a descriptor that was inherited with its lock.</summary>
    public static PidFile Adopt(string path, int descriptor)
    {
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Libc.SetCloseOnExec(handle);
        return new PidFile(path, handle);
    }

    /// <summary>Writes this process's id and the mode 0644, whatever the umask.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void WriteOwnPid() => Write(Environment.ProcessId);

    internal void Write(int pid)
    {
        _ = Libc.ChangeMode(_file, FileMode);
        RandomAccess.SetLength(_file, 0);
        RandomAccess.Write(_file, Encoding.ASCII.GetBytes(pid.ToString(CultureInfo.InvariantCulture) + "\n"), 0);
    }

    /// <summary>Removes the file. The lock stays until <see cref="Dispose"/>.</summary>
    public void Remove()
    {
        if (Libc.Stat(_file, out var held) == 0 && Libc.Stat(Path, follow: false, out var named) == 0 && named.IsSameFileAs(held))
            File.Delete(Path);
    }

    /// <summary>Closes our descriptor. The lock ends when no process has it open any more.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>
    /// A keepalived that does not lock its files (2.2 and older) is known by its pid. Pids are used again, so a living process counts
    /// only if it is a keepalived; one that has ended and is only waiting to be collected does not live.
    /// </summary>
    private static int? FindLivingOwner(SafeFileHandle handle)
    {
        Span<byte> content = stackalloc byte[16];
        var length = RandomAccess.Read(handle, content, 0);
        if (!int.TryParse(Encoding.ASCII.GetString(content[..length]).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || pid == Environment.ProcessId)
        {
            return null;
        }

        try
        {
            // "PID (NAME) STATE ...", see proc(5).
            var status = File.ReadAllText($"/proc/{pid}/stat");
            var (start, end) = (status.IndexOf('(', StringComparison.Ordinal), status.LastIndexOf(") ", StringComparison.Ordinal));
            var isOurs = start >= 0 && status.AsSpan(start + 1).StartsWith("keepalived", StringComparison.Ordinal);
            return isOurs && end > start && status[end + 2] is not ('Z' or 'X') ? pid : null;
        }
        catch (IOException)
        {
            return null; // nobody has this pid
        }
    }
}
