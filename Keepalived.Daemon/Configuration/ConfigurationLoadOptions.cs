using Keepalived.Daemon.Configuration.Scripts;
using Keepalived.Daemon.Configuration.Sources;

namespace Keepalived.Daemon.Configuration;

/// <summary>What to load, and how.</summary>
public sealed record ConfigurationLoadOptions
{
    /// <summary>The configuration file, or a pattern of glob(7) with braces.</summary>
    public required string Path { get; init; }

    /// <summary>The name that <c>@NAME</c> lines are compared with (<c>-i</c>); null: the host's name up to the first dot.</summary>
    public string? ConfigId { get; init; }

    /// <summary>Whether this is a configuration test (<c>-t</c>), which is stricter with numbers.</summary>
    public bool TestMode { get; init; }

    /// <summary>
    /// Whether only the findings are wanted, as by a configuration test: virtual servers of which nothing more can be found are not kept, and
    /// so are not in the configuration.
    /// </summary>
    public bool FindingsOnly { get; init; }

    /// <summary>Whether every problem with an include is fatal (<c>-e</c>).</summary>
    public bool AllConfig { get; init; }

    /// <summary>Where files come from; the file system if null.</summary>
    public IConfigurationSource? Source { get; init; }

    /// <summary>What <c>_RANDOM</c> starts from until <c>random_seed</c> says otherwise; the clock if null.</summary>
    public uint? RandomSeed { get; init; }

    /// <summary>
    /// Whether an interface exists; null: not checked. A configuration test gives it, and so does a start without
    /// <c>dynamic_interfaces</c>.
    /// </summary>
    public Func<string, InterfaceFacts?>? FindInterface { get; init; }

    /// <summary>Whether a host's name can be resolved; null: not asked. A configuration test gives it; at a start it is asked for each mail.</summary>
    public Func<string, bool>? CanResolve { get; init; }

    /// <summary>Users, groups and script files; the system's own if null.</summary>
    public IScriptEnvironment? Scripts { get; init; }
}
