using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>
/// The scripts that an instance may track: those whose <c>vrrp_script</c> stands before it. Instances come in the order of the file.
/// </summary>
internal sealed class TrackableScripts
{
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _runnable;
    private readonly List<string> _names;

    /// <summary>Begins before the first script.</summary>
    /// <param name="names">The names of all scripts in the order of the file.</param>
    /// <param name="runnable">Those that can be run.</param>
    public TrackableScripts(List<string> names, IEnumerable<VrrpScriptConfiguration> runnable) =>
        (_names, _runnable) = (names, [.. runnable.Select(static script => script.Name)]);

    /// <summary>Goes on to an instance that has <paramref name="count"/> scripts before it.</summary>
    public void Advance(int count)
    {
        for (var number = _known.Count; number < count; number++)
            _known.Add(_names[number]);
    }

    /// <summary>Whether a script of this name stands before the instance.</summary>
    public bool IsKnown(string name) => _known.Contains(name);

    /// <summary>Whether a script of this name, wherever it stands, can be run.</summary>
    public bool CanRun(string name) => _runnable.Contains(name);
}
