using Keepalived.Netlink.Io;

namespace Keepalived.Simulation.Tests.Network;

/// <summary>One segment: how long frames take, how many are lost or come twice, and who hears whom.</summary>
internal sealed class Link
{
    private readonly ulong[] _deaf = new ulong[64];

    /// <summary>The least time that a frame takes, in nanoseconds.</summary>
    public long Delay { get; set; } = 50 * MonotonicClock.Microsecond;

    /// <summary>What a frame may take longer; frames overtake each other within it.</summary>
    public long Jitter { get; set; }

    /// <summary>The probability that a frame is lost on its way to one host.</summary>
    public double Loss { get; set; }

    /// <summary>The probability that a frame comes twice.</summary>
    public double Duplication { get; set; }

    /// <summary>The longest time that a frame takes.</summary>
    public long LongestDelay => Delay + Jitter;

    /// <summary>Whether frames of one host get to another at all.</summary>
    public bool Hears(int to, int from) => (_deaf[to] >> from & 1) == 0;

    /// <summary>Whether both hear each other.</summary>
    public bool IsWhole(int a, int b) => Hears(a, b) && Hears(b, a);

    /// <summary>Nobody hears anybody.</summary>
    public void CutAll() => Array.Fill(_deaf, ulong.MaxValue);

    /// <summary>Everybody hears everybody, and nothing is lost.</summary>
    public void Heal()
    {
        Array.Clear(_deaf);
        Loss = 0;
    }

    /// <summary>A host does not hear another one any more; the other direction stays as it is.</summary>
    public void Cut(int to, int from) => _deaf[to] |= 1UL << from;

    /// <summary>Hosts hear those with the same number only.</summary>
    public void Partition(ReadOnlySpan<int> side)
    {
        Array.Clear(_deaf);
        for (var to = 0; to < side.Length; to++)
        {
            for (var from = 0; from < side.Length; from++)
            {
                if (side[to] != side[from])
                    Cut(to, from);
            }
        }
    }
}
