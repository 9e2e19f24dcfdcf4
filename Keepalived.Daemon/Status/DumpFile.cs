using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Status;

/// <summary>Where dumps are written. A reader sees all of the last one or all of the new one.</summary>
/// <param name="options">The command line.</param>
/// <param name="global">The configuration.</param>
/// <param name="directory">The directory of names without one; null for that of temporary files.</param>
internal sealed class DumpFile(CommandLineOptions options, GlobalDefinitions global, string? directory = null)
{
    private readonly string _directory = directory ?? TemporaryDirectory.Path;

    /// <summary>The file of a dump by a process.</summary>
    public string PathOf(DumpKind kind, DaemonRole role) => kind switch
    {
        DumpKind.Data => Data(role),
        DumpKind.Json => Place(global.JsonDumpFile, "keepalived.json"),
        _ => Place(global.StatsDumpFile, "keepalived.stats"),
    };

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

    private string Data(DaemonRole role)
    {
        var path = Place(global.StateDumpFile, "keepalived.data");
        var suffix = role switch
        {
            DaemonRole.Supervisor => "_parent",
            DaemonRole.Checker => "_check",
            DaemonRole.Bfd => "_bfd",
            _ => "",
        };
        string?[] names = global.DataUseInstance ? [options.NetworkNamespace(global), global.Instance] : [];
        var instance = string.Join('_', names.OfType<string>());
        var extension = Path.GetExtension(path);
        return $"{path[..^extension.Length]}{suffix}{(instance.Length > 0 ? "." : "")}{instance}{extension}";
    }

    private string Place(string? configured, string standard)
    {
        if (configured is null)
            return Path.Combine(_directory, standard);
        var path = Path.Combine(_directory, configured);
        return path.EndsWith('/') ? path + standard : path;
    }
}
