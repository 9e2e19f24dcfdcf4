using System.Runtime.InteropServices;

namespace Keepalived.Netlink.Processes;

/// <summary>
/// One event of the process connector (struct proc_event of linux/cn_proc.h), in host order:
/// <code>
///  0               4               8                              16
/// |     what      |      cpu      |       nanoseconds, boot time  |
/// |  fork: parent |  parent group |  child        |  child group  |
/// |  else: thread |    process    |  ...
/// </code>
/// The kernel's pid is a thread's, its tgid a process's.
/// </summary>
/// <param name="Kind">What happened. Kinds without a name are events that are of no use here.</param>
/// <param name="ThreadId">The thread; of a fork, the new one.</param>
/// <param name="ProcessId">The process; of a fork, the new one.</param>
/// <param name="ParentId">Of a fork, the process that made it; else 0.</param>
public readonly record struct ProcessEvent(ProcessEventKind Kind, int ThreadId, int ProcessId, int ParentId)
{
    /// <summary>struct cn_msg before it: index, value, sequence, acknowledgement, length, flags.</summary>
    internal const int ConnectorHeaderSize = 20;

    /// <summary>CN_IDX_PROC and CN_VAL_PROC.</summary>
    internal const uint Connector = 1;

    private const int HeaderSize = 16;

    /// <summary>Whether a whole process is concerned, and not one of several threads.</summary>
    public bool IsProcess => ThreadId == ProcessId;

    /// <summary>Reads the payload of a connector message. Never throws, whatever the bytes.</summary>
    /// <returns>False if it is of another connector or too short.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, out ProcessEvent processEvent)
    {
        processEvent = default;
        if (payload.Length < ConnectorHeaderSize + HeaderSize + (2 * sizeof(int))
            || MemoryMarshal.Read<uint>(payload) != Connector || MemoryMarshal.Read<uint>(payload[4..]) != Connector)
            return false;
        payload = payload[ConnectorHeaderSize..];
        var kind = (ProcessEventKind)MemoryMarshal.Read<uint>(payload);
        payload = payload[HeaderSize..];
        var first = MemoryMarshal.Read<int>(payload);
        var second = MemoryMarshal.Read<int>(payload[4..]);
        if (kind != ProcessEventKind.Fork)
        {
            processEvent = new ProcessEvent(kind, first, second, 0);
            return true;
        }

        if (payload.Length < 4 * sizeof(int))
            return false;
        processEvent = new ProcessEvent(kind, MemoryMarshal.Read<int>(payload[8..]), MemoryMarshal.Read<int>(payload[12..]), second);
        return true;
    }
}
