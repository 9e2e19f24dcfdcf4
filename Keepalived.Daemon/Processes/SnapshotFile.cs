using Keepalived.Daemon.Configuration.Sources;
using Keepalived.Daemon.Interop;
using Microsoft.Win32.SafeHandles;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// The configuration snapshot in a memory file that the children inherit: what the supervisor read is exactly what they read, at start,
/// after each reload and after a restart, whatever happened to the files on disk since.
/// </summary>
internal sealed class SnapshotFile : IDisposable
{
    private readonly SafeFileHandle _file;

    private SnapshotFile(SafeFileHandle file) => _file = file;

    /// <summary>The descriptor to inherit.</summary>
    public SafeFileHandle Handle => _file;

    /// <summary>An empty one.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static SnapshotFile Create()
    {
        var file = Libc.CreateMemoryFile("keepalived.conf");
        return file.IsInvalid ? throw new IOException($"No memory file: {Errno.LastMessage}.") : new SnapshotFile(file);
    }

    /// <summary>The one that was inherited.</summary>
    public static SnapshotFile Adopt(int descriptor)
    {
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Libc.SetCloseOnExec(file);
        return new SnapshotFile(file);
    }

    /// <summary>Replaces the content.</summary>
    public void Write(ConfigurationSnapshot snapshot)
    {
        using var stream = new MemoryStream(snapshot.ApproximateSize);
        snapshot.WriteTo(stream);
        Write(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Replaces the content by what <see cref="Copy"/> gave.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        RandomAccess.SetLength(_file, 0);
        RandomAccess.Write(_file, content, 0);
    }

    /// <summary>The present content.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or being written.</exception>
    public ConfigurationSnapshot Read() => ConfigurationSnapshot.ReadFrom(new MemoryStream(Copy()));

    /// <summary>The bytes of the present content.</summary>
    public byte[] Copy()
    {
        // The offset of the descriptor is shared with the other processes: only positioned reads.
        var bytes = new byte[RandomAccess.GetLength(_file)];
        var length = RandomAccess.Read(_file, bytes, 0);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    public void Dispose() => _file.Dispose();
}
