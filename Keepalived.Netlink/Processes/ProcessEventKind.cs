namespace Keepalived.Netlink.Processes;

/// <summary>What a <see cref="ProcessEvent"/> tells (PROC_EVENT_* of linux/cn_proc.h).</summary>
public enum ProcessEventKind : uint
{
    /// <summary>The kernel's answer to the subscription (PROC_EVENT_NONE).</summary>
    None = 0,

    /// <summary>A process made another one, or a thread (PROC_EVENT_FORK).</summary>
    Fork = 1,

    /// <summary>It runs another program (PROC_EVENT_EXEC).</summary>
    Exec = 2,

    /// <summary>It, or one of its threads, has another name (PROC_EVENT_COMM).</summary>
    Renamed = 0x200,

    /// <summary>It, or one of its threads, ended (PROC_EVENT_EXIT).</summary>
    Exit = 0x80000000,
}
