using Keepalived.Simulation.Tests.Network;

namespace Keepalived.Simulation.Tests.Chaos;

/// <summary>How long the protocol may take, counted from the last disturbance, in nanoseconds.</summary>
internal sealed class Bounds
{
    public Bounds(Topology topology)
    {
        // An interval on a clock that runs slow, and a frame that takes long.
        var interval = topology.Interval + (topology.Interval / 100) + topology.LongestDelay;
        TwoMasters = interval + topology.LongestDelay;
        // The master down interval of the lowest priority; a group asks again after another one when its members are not of one mind yet.
        NoMaster = ((topology.DownTimerAdverts + 1) * interval * (topology.Segments > 1 ? 2 : 1)) + topology.LongestDelay;
        Settled = NoMaster + TwoMasters;
        if (topology.HasSequenceNumbers)
        {
            // Who was started again counts from one, and is not believed before it has heard the others' numbers.
            TwoMasters *= 2;
            Settled += NoMaster + TwoMasters;
        }

        if (topology.PreemptDelay > 0)
            Settled += topology.PreemptDelay + NoMaster;
    }

    /// <summary>Masters that hear each other: the better one's next advert ends it.</summary>
    public long TwoMasters { get; }

    /// <summary>Routers that hear no master: the master down interval ends it.</summary>
    public long NoMaster { get; }

    /// <summary>After this nothing changes any more, and the best router that may take over is master.</summary>
    public long Settled { get; }
}
