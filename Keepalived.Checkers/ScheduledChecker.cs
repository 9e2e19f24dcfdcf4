namespace Keepalived.Checkers;

/// <summary>A checker in the care of a <see cref="CheckScheduler"/>. Dispose it to take it out.</summary>
public sealed class ScheduledChecker : IDisposable
{
    private readonly CheckScheduler _scheduler;
    private volatile bool _isEnabled = true;

    internal ScheduledChecker(CheckScheduler scheduler, string name, IChecker checker, CheckerState state)
    {
        _scheduler = scheduler;
        Name = name;
        Checker = checker;
        State = state;
    }

    /// <summary>For the log.</summary>
    public string Name { get; }

    /// <summary>Makes the probes.</summary>
    public IChecker Checker { get; }

    /// <summary>What the results add up to. The scheduler writes to it; read it from the receiver of the reports.</summary>
    public CheckerState State { get; }

    /// <summary>A checker that is not enabled is left alone, and looked at again every <see cref="CheckPolicy.DelayLoop"/>.</summary>
    public bool IsEnabled
    {
        get => _isEnabled;
        set => _isEnabled = value;
    }

    /// <summary>When it is due, in ticks of the scheduler's clock.</summary>
    internal long Due { get; set; }

    /// <summary>Gives up the probe that is under way.</summary>
    internal CancellationTokenSource? Probe { get; set; }

    /// <summary>It was taken out.</summary>
    internal bool IsRemoved { get; set; }

    /// <summary>Takes the checker out: a probe under way is given up, and no report follows that was not on its way already.</summary>
    public void Dispose() => _scheduler.Remove(this);
}
