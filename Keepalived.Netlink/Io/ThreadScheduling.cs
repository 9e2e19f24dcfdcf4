namespace Keepalived.Netlink.Io;

/// <summary>The scheduling that a loop gives its thread while it runs, and what the thread had before.</summary>
internal readonly struct ThreadScheduling
{
    private readonly bool _isRealTime;
    private readonly IReadOnlyList<int>? _outerAffinity;

    private ThreadScheduling(bool isRealTime, IReadOnlyList<int>? outerAffinity) =>
        (_isRealTime, _outerAffinity) = (isRealTime, outerAffinity);

    /// <summary>Applies what the options ask for to the calling thread; what the kernel refuses is logged.</summary>
    public static ThreadScheduling Apply(EventLoopOptions options)
    {
        IReadOnlyList<int>? outerAffinity = null;
        if (options.CpuAffinity.Count > 0)
        {
            outerAffinity = RealTime.GetAffinity();
            var result = RealTime.SetAffinity(options.CpuAffinity);
            if (!result.Succeeded && options.Logger is { } logger)
                Log.LoopWithoutAffinity(logger, options.Name, result.ToString());
        }

        var isRealTime = false;
        if (options.RealTimePriority is { } priority)
        {
            var result = RealTime.SetRoundRobin(priority);
            isRealTime = result.Succeeded;
            if (!isRealTime && options.Logger is { } logger)
                Log.LoopWithoutRealTime(logger, options.Name, priority, result.ToString());
        }

        return new ThreadScheduling(isRealTime, outerAffinity);
    }

    /// <summary>Gives the thread back what it had. A thread always may lower itself, so there is nothing to report.</summary>
    public void Restore()
    {
        if (_isRealTime)
            RealTime.SetOrdinary();
        if (_outerAffinity is { } cpus)
            RealTime.SetAffinity(cpus);
    }
}
