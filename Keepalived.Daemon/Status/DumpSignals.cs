using Keepalived.Daemon.CommandLine;

namespace Keepalived.Daemon.Status;

/// <summary>The signals that ask for dumps.</summary>
internal static class DumpSignals
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<int> All { get; } =
        [SignalNames.User1, SignalNames.User2, SignalNames.Json, SignalNames.StatisticsClear];

    /// <summary>What one of them asks for.</summary>
    public static DumpKind KindOf(int signal) => signal switch
    {
        SignalNames.User1 => DumpKind.Data,
        SignalNames.User2 => DumpKind.Statistics,
        SignalNames.StatisticsClear => DumpKind.StatisticsThenClear,
        _ => DumpKind.Json,
    };
}
