using System.Text;
using Keepalived.Daemon.Configuration.Sources;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// Copies of what was read and of what came of it, for who looks into a failure (<c>config_save_dir</c>). Only the daemon's user can read
/// them: there are passwords in it.
/// </summary>
internal static class ConfigurationArchive
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the text of all files of a configuration: <c>keepalived.conf.PID.NUMBER</c>.</summary>
    public static void Save(string directory, int number, ConfigurationSnapshot snapshot, ILogger logger) =>
        Write(directory, $"keepalived.conf.{Environment.ProcessId}.{number}", logger, stream =>
        {
            foreach (var (path, content) in snapshot.Contents)
            {
                stream.Write(Encoding.UTF8.GetBytes($"# {path}\n"));
                stream.Write(content.Span);
                if (content is { IsEmpty: false, Span: not [.., (byte)'\n'] })
                    stream.Write("\n"u8);
            }
        });

    /// <summary>Writes the state of a child around a reload: <c>keepalived_ROLE.PID.NUMBER.pre</c> or <c>.post</c>.</summary>
    public static void Save(string directory, DaemonRole role, int number, string phase, string state, ILogger logger)
    {
        var name = role switch
        {
            DaemonRole.Checker => "check",
            DaemonRole.Bfd => "bfd",
            _ => "vrrp",
        };
        Write(directory, $"keepalived_{name}.{Environment.ProcessId}.{number}.{phase}", logger,
            stream => stream.Write(Encoding.UTF8.GetBytes(state)));
    }

    private static void Write(string directory, string name, ILogger logger, Action<Stream> write)
    {
        var path = Path.Combine(directory, name);
        try
        {
            Directory.CreateDirectory(directory);
            using var stream = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            });
            write(stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.DumpNotWritten(logger, path, error.Message);
        }
    }
}
