namespace Keepalived.Daemon.Processes;

/// <summary>Writes files that others read at any time: they see all of the last text or all of the new one.</summary>
internal static class FileReplacement
{
    /// <summary>Replaces a file by another text. Its permissions are what the daemon's umask leaves.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text)
    {
        // A new name each time, never an existing file: the directory may be everybody's.
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        File.Move(temporary, path, overwrite: true);
    }
}
