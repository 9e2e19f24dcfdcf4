using Keepalived.Vrrp;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>A host with a router on each of its segments, in a sync group or not.</summary>
internal sealed class LanHost(int number, string name)
{
    /// <summary>What a socket's buffer holds while nobody reads it.</summary>
    public const int SocketBuffer = 64;

    public int Number { get; } = number;

    public string Name { get; } = name;

    public HostClock Clock { get; set; }

    /// <summary>How far its wall clock is ahead of the true one, nanoseconds.</summary>
    public long ClockError { get; set; }

    public List<LanNode> Nodes { get; } = [];

    public VrrpSyncGroup? Group { get; set; }

    /// <summary>Whether the process runs; a dead one says nothing.</summary>
    public bool IsAlive { get; set; } = true;

    /// <summary>Whether the process gets no processor: its timers wait, and frames gather in its sockets.</summary>
    public bool IsPaused { get; set; }

    public Queue<(LanNode To, LanFrame Frame)> Unread { get; } = new();
}
