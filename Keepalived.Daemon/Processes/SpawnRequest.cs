using System.Runtime.InteropServices;

namespace Keepalived.Daemon.Processes;

/// <summary>A program to start, and what it gets from us. It starts with default signals and an empty signal mask.</summary>
internal sealed record SpawnRequest
{
    /// <summary>The file to execute.</summary>
    public required string Path { get; init; }

    /// <summary>Its arguments, including argument 0.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Its environment, as <c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Descriptors that it inherits, under the same numbers. Nothing else but 0, 1 and 2 gets through.</summary>
    public IReadOnlyList<SafeHandle> Inherited { get; init; } = [];

    /// <summary>Descriptors 0, 1 and 2 are <c>/dev/null</c>.</summary>
    public bool NullStreams { get; init; }

    /// <summary>It leads a session of its own.</summary>
    public bool NewSession { get; init; }

    /// <summary>It leads a process group of its own.</summary>
    public bool NewProcessGroup { get; init; }

    /// <summary>Its working directory, or null for ours.</summary>
    public string? Directory { get; init; }
}
