namespace Keepalived.Daemon.Configuration.Model.Checks;

/// <summary>A check over the network.</summary>
public abstract record ConnectingCheckConfiguration : ScheduledCheckConfiguration
{
    /// <summary>Where to, and where from.</summary>
    public CheckConnection Connection { get; init; } = new();
}
