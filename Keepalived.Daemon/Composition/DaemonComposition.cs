using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Composition;

/// <summary>What the daemon is put together from.</summary>
internal static class DaemonComposition
{
    /// <summary>The parts of this version.</summary>
    public static DaemonParts Parts { get; } = new(
        _ => throw new NotSupportedException("The configuration language is not plugged in."),
        _ => null);
}
