namespace Keepalived.Daemon.Tests.Processes;

/// <summary>The daemon as it was built beside the tests.</summary>
internal static class BuiltDaemon
{
    /// <summary>The words that start it.</summary>
    public static IReadOnlyList<string> Program { get; } = [Path.Combine(AppContext.BaseDirectory, "keepalived")];
}
