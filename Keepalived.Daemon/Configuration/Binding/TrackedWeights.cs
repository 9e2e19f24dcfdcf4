using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>The weights that tracked objects have by their own blocks, by name; 0 where there is no such block.</summary>
internal sealed class TrackedWeights(KeepalivedConfiguration configuration)
{
    private readonly Dictionary<string, int> _scripts = Index(configuration.VrrpScripts, static script => (script.Name, script.Weight));
    private readonly Dictionary<string, int> _files = Index(configuration.TrackFiles, static file => (file.Name, file.Weight));
    private readonly Dictionary<string, int> _processes = Index(configuration.TrackProcesses, static process => (process.Name, process.Weight));
    private readonly Dictionary<string, int> _sessions = Index(configuration.BfdInstances, static session => (session.Name, session.Weight));

    public int OfScript(string name) => _scripts.GetValueOrDefault(name);

    public int OfFile(string name) => _files.GetValueOrDefault(name);

    public int OfProcess(string name) => _processes.GetValueOrDefault(name);

    public int OfBfd(string name) => _sessions.GetValueOrDefault(name);

    private static Dictionary<string, int> Index<T>(IEnumerable<T> blocks, Func<T, (string Name, int Weight)> read)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            var (name, weight) = read(block);
            weights.TryAdd(name, weight);
        }

        return weights;
    }
}
