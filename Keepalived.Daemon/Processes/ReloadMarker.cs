using Keepalived.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>The files around a reload: the one that exists while the configuration is read, and the log of its check.</summary>
internal static class ReloadMarker
{
    /// <summary>Creates the file, mode 0644.</summary>
    public static void Create(string path, ILogger logger)
    {
        try
        {
            File.WriteAllBytes(path, []);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.ReloadFileFailed(logger, path, error.Message);
        }
    }

    /// <summary>Removes the file, if it is there.</summary>
    public static void Remove(string path, ILogger logger)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.ReloadFileFailed(logger, path, error.Message);
        }
    }

    /// <summary>Writes what the check of a configuration found.</summary>
    public static void WriteFindings(string path, ConfigurationResult result, ILogger logger)
    {
        try
        {
            File.WriteAllLines(path, result.Diagnostics.Select(ConfigurationLoading.Describe));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.ReloadFileFailed(logger, path, error.Message);
        }
    }
}
