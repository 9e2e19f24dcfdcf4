namespace Keepalived.Daemon.Status;

/// <summary>What a signal asks a process to write down.</summary>
internal enum DumpKind
{
    /// <summary>Configuration and state, as text (SIGUSR1).</summary>
    Data,

    /// <summary>Counters (SIGUSR2).</summary>
    Statistics,

    /// <summary>Counters, which begin at zero afterwards (SIGRTMAX-1).</summary>
    StatisticsThenClear,

    /// <summary>Configuration, state and counters, as JSON (SIGRTMIN+2).</summary>
    Json,
}
