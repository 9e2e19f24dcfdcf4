namespace Keepalived.Daemon.Logging;

/// <summary>Opening a log file.</summary>
internal static class LogFile
{
    /// <summary>
    /// Opens the file for appending, or says on standard error why that cannot be, and returns null: the daemon runs on without.
    /// </summary>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            StandardStreams.WriteErrorLine($"Unable to open log file {path}: {error.Message}");
            return null;
        }
    }

    /// <summary>Whether the file can be appended to; if not, that is said on standard error.</summary>
    public static bool CanAppend(string path)
    {
        using var file = TryOpen(path);
        return file is not null;
    }
}
