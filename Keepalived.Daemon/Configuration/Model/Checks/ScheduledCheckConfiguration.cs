namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>A check that runs again and again.</summary>
public abstract record ScheduledCheckConfiguration : CheckConfiguration
{
    /// <summary>When it runs, and how many failures count.</summary>
    public CheckTiming Timing { get; init; } = CheckTiming.Standard;
}
