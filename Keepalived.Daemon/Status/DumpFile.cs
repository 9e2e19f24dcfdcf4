using Keepalived.Daemon.CommandLine;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Status;

/// <summary>Where dumps are written.</summary>
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
