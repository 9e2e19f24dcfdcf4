namespace Keepalived.Simulation.Tests.Network;

/// <summary>A host's monotonic clock: it runs a little fast or slow, and starts anywhere.</summary>
/// <param name="start">What the simulation's clock shows when the host's shows <paramref name="offset"/> more.</param>
/// <param name="offset">The difference at the start, nanoseconds.</param>
/// <param name="drift">How much it runs fast, in parts per million; negative if slow. Below 1,000,000 either way.</param>
internal readonly struct HostClock(long start, long offset, int drift)
{
    /// <summary>What the host's clock shows.</summary>
    public long ToLocal(long time)
    {
        var elapsed = time - start;
        return time + offset + (elapsed / 1000 * drift / 1000);
    }

    /// <summary>The first moment at which the host's clock shows at least a time.</summary>
    public long ToGlobal(long local)
    {
        if (local == long.MaxValue)
            return local;
        var time = local - offset;
        if (drift == 0)
            return time;
        // Each step divides the error by a million over the drift, so that two or three are enough.
        for (var error = local - ToLocal(time); error != 0; error = local - ToLocal(time))
        {
            time += error;
            if (Math.Abs(error) < 1000)
                break;
        }

        while (ToLocal(time) < local)
            time++;
        return time;
    }
}
