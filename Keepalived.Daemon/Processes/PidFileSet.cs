using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>The pid files that the supervisor holds: its own and one for each child it may start.</summary>
internal sealed class PidFileSet(RunPaths paths) : IDisposable
{
    private readonly Dictionary<DaemonRole, PidFile> _files = [];

    /// <summary>The file of a role, or null if it is not held.</summary>
    public PidFile? this[DaemonRole role] => _files.GetValueOrDefault(role);

    /// <summary>Locks the file of a role, unless it is held already.</summary>
    public bool TryAcquire(DaemonRole role, out string problem)
    {
        problem = "";
        if (_files.ContainsKey(role))
            return true;
        if (paths.HasOwnDirectory)
            CreateDirectory(paths.Directory);
        if (!PidFile.TryAcquire(paths.PidFile(role), out var file, out problem))
            return false;
        _files.Add(role, file!);
        return true;
    }

    /// <summary>Takes over a descriptor that was inherited with its lock.</summary>
    public void Adopt(DaemonRole role, int descriptor) => _files.Add(role, PidFile.Adopt(paths.PidFile(role), descriptor));

    /// <summary>Removes all files that are held, and the directory if it is ours and empty.</summary>
    public void RemoveAll(ILogger logger)
    {
        foreach (var file in _files.Values)
        {
            try
            {
                file.Remove();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Log.PidFileNotWritten(logger, file.Path, error.Message);
            }
        }

        if (paths.HasOwnDirectory)
            RemoveDirectoryIfEmpty(paths.Directory);
    }

    private static void RemoveDirectoryIfEmpty(string path)
    {
        try
        {
            if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
                Directory.Delete(path);
        }
        catch (IOException)
        {
            // In a network namespace it is a mount point, which goes with our mount namespace; or another daemon has just moved in.
        }
    }

    /// <summary>Closes our descriptors; locks that a child shares stay with it.</summary>
    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    // The mode must not depend on the umask: another user's tools read pid files.
    private static void CreateDirectory(string path)
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (Directory.Exists(path))
            return;
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, mode);
    }
}
